import { OutboundError } from '../../platform/outbound.ts';
import { say } from '../../words/say.ts';
import { TryAgain } from './_provider.ts';

const [LEAST_HOLD, MOST_HOLD] = [1000, 3_600_000]; // ms
/** Where a service asks for a pause and does not say how long, in ms. */
const USUAL_HOLD = 60_000;

/** A wait within what is reasonable, in ms. */
const reasonable = (ms: number): number => Math.min(Math.max(ms, LEAST_HOLD), MOST_HOLD);

/** How long to leave a service alone by its `Retry-After`, in ms, within a second and an hour; a minute where it does not say it in seconds. */
export const holdOf = (retryAfter: string | null): number =>
  reasonable(retryAfter !== null && /^\s*\d{1,9}\s*$/.test(retryAfter) ? Number(retryAfter) * 1000 : USUAL_HOLD);

/** The same by a moment the service names, in seconds since 1970. @param now ms since 1970 */
export const holdUntil = (reset: string | null, now: number): number =>
  reasonable(reset !== null && /^\s*\d{9,11}(\.\d+)?\s*$/.test(reset) ? Number(reset) * 1000 - now : USUAL_HOLD);

/** A service that asked to be left alone. */
export const asksForPause = (service: string, holdMs: number): TryAgain =>
  new TryAgain(say('{service} asked for a pause of {holdMs} s.', { service, holdMs: Math.ceil(holdMs / 1000) }), { holdMs });

/** Asks, and says in words for people why nothing came back. @throws TryAgain */
export async function reached(service: string, question: Promise<Response>): Promise<Response> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof OutboundError)
      throw new TryAgain(say('{service} cannot be reached: {message}', { service, message: error.message }));
    throw error;
  }
}
