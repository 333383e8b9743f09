import { live } from '#lib/live.svelte.ts';

/** How often counts are read while somebody looks, in ms. */
export const EVERY = 5000;

/** Reads every so often while the page is seen, and after each gap of the link. @returns what ends it */
export function look(read: () => void, every: number): () => void {
  const refresh = () => void (document.visibilityState === 'visible' && read());
  const timer = setInterval(refresh, every);
  const off = live.follow(refresh);
  return () => {
    clearInterval(timer);
    off();
  };
}
