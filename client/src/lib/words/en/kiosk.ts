import type { LiveState } from '#lib/live.svelte.ts';

/** What the dashboard says on a wall. */
export const kiosk = {
  signedIn: (name: string, until: string) => `Signed in as ${name} until ${until}. Escape leads back.`,
  down: (time: string) => `Live updates paused. Figures are from ${time}.`,
  signedOut: 'Signed out',
  signInAgain: 'Sign in',
  states: { live: 'Live', connecting: 'Connecting', held: 'Held up', down: 'Reconnecting', polling: 'Reading every 10 s' } satisfies Record<
    LiveState,
    string
  >,
};
