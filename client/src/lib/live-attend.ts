import { onMount } from 'svelte';
import { afterNavigate } from '$app/navigation';
import { askWhetherAttended } from './api.ts';
import { live } from './live.svelte.ts';
import { watchIdle } from './live-idle.ts';

const IDLE_MS = 5 * 60_000;

/**
 * Keeps the link open as long as the component stands that calls this, and says which page is open and whether anybody is at it.
 * @param fromAfar whether it is watched without being touched, on a wall: then what it asks for is wanted all the same
 */
export function attend(fromAfar: () => boolean): void {
  const at = { away: false, page: location.pathname };
  afterNavigate(({ to }) => {
    if (!to || to.url.pathname === at.page) return;
    at.page = to.url.pathname;
    live.here({ ...at });
  });
  onMount(() => {
    live.here({ ...at });
    const close = live.open();
    const idle = watchIdle(IDLE_MS, away => {
      at.away = away;
      live.here({ ...at });
    });
    askWhetherAttended(() => fromAfar() || idle.isAttended());
    return () => {
      askWhetherAttended();
      idle.end();
      close();
    };
  });
}
