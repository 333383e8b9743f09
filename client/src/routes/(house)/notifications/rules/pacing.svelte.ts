import type { Pacing } from '#contract/pacing.ts';

export const UNPACED: Pacing = { quiet: null, throttle: null, digest: null };

/** How often a rule may speak: each time, within a cap, or all together on the hour or once a day. */
export type Rhythm = 'each' | 'throttle' | 'hour' | 'day';
export const RHYTHMS = ['each', 'throttle', 'hour', 'day'] as const satisfies readonly Rhythm[];

const rhythmOf = ({ throttle, digest }: Pacing): Rhythm => digest?.every ?? (throttle ? 'throttle' : 'each');
/** What is no number is none, for the server to name. */
const whole = (text: string): number => (Number.isFinite(Number(text)) ? Number(text) : 0);

/** A rule's pace while it is being written; what was chosen stays when it is put aside. */
export class PacingDraft {
  rhythm = $state<Rhythm>('each');
  most = $state('20');
  minutes = $state('10');
  at = $state('08:00');
  quiet = $state(false);
  from = $state('22:00');
  to = $state('07:00');
  then = $state<'hold' | 'drop'>('hold');

  constructor(pacing: Pacing = UNPACED) {
    this.take(pacing);
  }

  take(pacing: Pacing): void {
    const { quiet, throttle, digest } = pacing;
    this.rhythm = rhythmOf(pacing);
    if (throttle) [this.most, this.minutes] = [String(throttle.most), String(throttle.minutes)];
    if (digest?.every === 'day') this.at = digest.at;
    this.quiet = quiet !== null;
    if (quiet) [this.from, this.to, this.then] = [quiet.from, quiet.to, quiet.then];
  }

  /** As it is sent. */
  get value(): Pacing {
    const { rhythm } = this;
    return {
      quiet: this.quiet ? { from: this.from, to: this.to, then: this.then } : null,
      throttle: rhythm === 'throttle' ? { most: whole(this.most), minutes: whole(this.minutes) } : null,
      digest: rhythm === 'hour' ? { every: 'hour' } : rhythm === 'day' ? { every: 'day', at: this.at } : null,
    };
  }
}
