import { type Bound, judgeCount, judgePairs, pairedRatios, type Spread, spread, type Verdict } from './verdict.ts';
import type { Measure, Sample } from './scenario.ts';

/** One row of the table, and one entry of `results` in the JSON file. */
export interface Result {
  scenario: string;
  measure: string;
  /** Over the rotations; a count is one number. */
  ours: Spread | number;
  baseline: (Spread & { name: string }) | null;
  ratio: Spread | null;
  goal: Bound;
  gate: Bound;
  verdict: Verdict;
}

/** What a scenario brought: one sample per rotation and variant, `counts` at the end. */
export interface Findings {
  ours: readonly Sample[];
  baselines: ReadonlyMap<string, readonly Sample[]>;
  counts: Readonly<Record<string, number>>;
}

function figure(samples: readonly Sample[] | undefined, name: string, of: string): number[] {
  return (samples ?? []).map(sample => {
    const value = sample[name];
    if (value === undefined) throw new Error(`${of} brought no figure "${name}".`);
    return value;
  });
}

function judge(scenario: string, measure: Measure, { ours, baselines, counts }: Findings, timed: boolean): Result {
  const { measure: name, figure: key, goal } = measure;
  if (measure.kind === 'count') {
    const count = counts[key];
    if (count === undefined) throw new Error(`${scenario} brought no count "${key}".`);
    return {
      scenario,
      measure: name,
      ours: count,
      baseline: null,
      ratio: null,
      goal,
      gate: measure.gate,
      verdict: judgeCount(count, measure.gate),
    };
  }
  const mine = figure(ours, key, scenario);
  const theirs = figure(baselines.get(measure.baseline), key, measure.baseline);
  const generator = [
    ...figure(ours, 'generatorShare', scenario),
    ...figure(baselines.get(measure.baseline), 'generatorShare', measure.baseline),
  ];
  const gate = timed ? measure.gate : '–';
  return {
    scenario,
    measure: name,
    ours: spread(mine),
    baseline: { name: measure.baseline, ...spread(theirs) },
    ratio: spread(pairedRatios(mine, theirs)),
    goal,
    gate,
    verdict: judgePairs({ ours: mine, baseline: theirs, generator }, gate),
  };
}

/** Turns what a scenario brought into rows. With `timed` off only counts have a gate: bursts were too short to judge time by. */
export function judgeAll(scenario: string, measures: readonly Measure[], findings: Findings, timed: boolean): Result[] {
  return measures.map(measure => judge(scenario, measure, findings, timed));
}
