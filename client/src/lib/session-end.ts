import { lastAnswer } from './api.ts';
import { session } from './session.svelte.ts';

/** How long before its end a session is warned of, in ms (WCAG 2.2.1). */
export const WARNING_MS = 120_000;
/** The server writes down that somebody is active once a minute: what it counts from may be so much older, in ms. */
const WRITTEN_EVERY_MS = 60_000;

/** When this login session ends if nothing more is asked of the server, in ms, and whether asking would prolong it. */
export function sessionEnd(): { at: number; byIdling: boolean } {
  const { expiresAt, idleUntil, idleSeconds } = session.view.session;
  const end = Date.parse(expiresAt);
  const idle = Math.max(Date.parse(idleUntil), lastAnswer() + idleSeconds * 1000 - WRITTEN_EVERY_MS);
  return idle < end ? { at: idle, byIdling: true } : { at: end, byIdling: false };
}
