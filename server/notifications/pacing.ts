import type { Pacing } from '#contract/pacing.ts';
import { endOfSpan, nextDaily, nextHour } from '../platform/wall-clock.ts';

const MINUTE = 60_000;

/** What tells of several messages at once. */
export type Collector = 'summary' | 'digest';

/** What becomes of a message that a rule would send now. */
export type Place =
  /** It goes out by itself: at once, or when quiet hours end. */
  | { kind: 'go'; at: Date }
  /** It fell into quiet hours, which last until then, and is not sent. */
  | { kind: 'drop'; until: Date }
  /** It is told of by a summary or a digest that goes out then. */
  | { kind: 'gather'; into: Collector; at: Date };

/** How a rule's sending to one target stands. */
export interface Standing {
  /** When messages that go by themselves are or were due, ms since 1970. Those within the throttle's minutes are enough. */
  due: number[];
  /** When what gathers now goes out. */
  open: Date | undefined;
}

/** Decides for one rule and one of its targets, message by message, what becomes of each: in the dispatcher, and in a dry run over the past. */
export class Pace {
  readonly #pacing: Pacing;
  readonly #zone: string;
  #due: number[];
  #open: Date | undefined;

  /** @param zone the organisation's */
  constructor(pacing: Pacing, zone: string, { due, open }: Standing = { due: [], open: undefined }) {
    this.#pacing = pacing;
    this.#zone = zone;
    this.#due = [...due];
    this.#open = open;
  }

  /** Places one more message. Time must not run backwards from one to the next. */
  place(now: Date): Place {
    const { quiet, throttle, digest } = this.#pacing;
    const quietEnd = quiet ? endOfSpan(now, this.#zone, quiet) : undefined;
    if (quietEnd && quiet?.then === 'drop') return { kind: 'drop', until: quietEnd };
    if (digest)
      return this.#gather('digest', now, digest.every === 'hour' ? nextHour(now, this.#zone) : nextDaily(now, this.#zone, digest.at));
    const at = quietEnd ?? now;
    if (throttle) {
      const span = throttle.minutes * MINUTE;
      this.#due = this.#due.filter(due => due > at.getTime() - span);
      if (this.#due.length >= throttle.most) return this.#gather('summary', now, new Date(at.getTime() + span));
      this.#due.push(at.getTime());
    }
    return { kind: 'go', at };
  }

  /** Into what gathers already, else into a new one; none goes out in quiet hours. */
  #gather(into: Collector, now: Date, at: Date): Place {
    if (!this.#open || this.#open <= now) this.#open = this.#afterQuiet(at);
    return { kind: 'gather', into, at: this.#open };
  }

  #afterQuiet(at: Date): Date {
    const { quiet } = this.#pacing;
    return (quiet && endOfSpan(at, this.#zone, quiet)) ?? at;
  }
}
