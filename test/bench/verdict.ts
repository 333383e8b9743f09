/** Of several rotations. Ratios have no unit; other figures have that of their measure. */
export interface Spread {
  min: number;
  median: number;
  max: number;
}

export type Verdict = 'ok' | 'fail' | 'void';

/** A limit as it stands in the table: `>=0.9`, `<=1024`, `=1`; or `–`, which everything keeps. */
export type Bound = `${'>=' | '<=' | '='}${number}` | '–';

/** The generator may use this many times the server's CPU before a run says more about the generator than about the server. */
const GENERATOR_LIMIT = 1.5;
/** A baseline that differs by more than this between rotations was disturbed, and so was what stood beside it. */
const BASELINE_LIMIT = 3;

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new RangeError('No values: a measure needs at least one rotation.');
  return low / 2 + high / 2;
}

export function spread(values: readonly number[]): Spread {
  const middle = median(values);
  return { min: Math.min(...values), median: middle, max: Math.max(...values) };
}

/**
 * Ours over the baseline, rotation by rotation. What disturbs the machine for a second disturbs both halves of one pair,
 * so the median of these is steadier than the ratio of the two medians.
 */
export function pairedRatios(ours: readonly number[], baseline: readonly number[]): number[] {
  if (ours.length !== baseline.length) throw new RangeError('Each rotation needs both halves of its pair.');
  return ours.map((value, rotation) => value / (baseline[rotation] ?? Number.NaN));
}

/** Whether a figure keeps a bound. What is not a number keeps none. */
export function holds(bound: Bound, value: number): boolean {
  if (bound === '–') return true;
  const [, operator, limit] = /^(>=|<=|=)(.+)$/.exec(bound) ?? [];
  if (operator === '>=') return value >= Number(limit);
  if (operator === '<=') return value <= Number(limit);
  return value === Number(limit);
}

/** What is judged about a timed measure: one entry per rotation in each list. */
export interface Pairs {
  ours: readonly number[];
  baseline: readonly number[];
  /** The load generator's CPU over the server's, of both variants. */
  generator: readonly number[];
}

/** A timed measure passes or fails only if the run was fit to tell. */
export function judgePairs({ ours, baseline, generator }: Pairs, gate: Bound): Verdict {
  const disturbed = Math.max(...baseline) > BASELINE_LIMIT * Math.min(...baseline);
  if (disturbed || median(generator) > GENERATOR_LIMIT) return 'void';
  return holds(gate, median(pairedRatios(ours, baseline))) ? 'ok' : 'fail';
}

/** An exact count carries no noise, so it is never void. */
export const judgeCount = (count: number, gate: Bound): Verdict => (holds(gate, count) ? 'ok' : 'fail');
