import type { Machine } from './machine.ts';
import type { Stores } from './stores.ts';
import type { Bound } from './verdict.ts';

/**
 * One variant's figures of one burst, by name. `generatorShare` is always there: the load generator's CPU over the
 * server's, which tells whether the burst measured the server at all.
 */
export type Sample = Readonly<Record<string, number>> & { readonly generatorShare: number };

/** One of the programs that are compared: the product, or a baseline. */
export interface Variant {
  name: string;
  burst(): Promise<Sample>;
}

/** Everything of one scenario that is up and connected. */
export interface Stage {
  ours: Variant;
  baselines: readonly Variant[];
  /** Exact counts over all bursts of ours, by name. */
  count(): Promise<Readonly<Record<string, number>>>;
}

/** Compared in pairs with a baseline; `figure` names the entry of the samples. */
export interface TimedMeasure {
  kind: 'timed';
  measure: string;
  figure: string;
  baseline: string;
  goal: Bound;
  gate: Bound;
}

/** Exact: `figure` names the entry of the counts. */
export interface CountMeasure {
  kind: 'count';
  measure: string;
  figure: string;
  goal: Bound;
  gate: Bound;
}

export type Measure = TimedMeasure | CountMeasure;

/** What a scenario is given. What it starts it hands to `cleanup`, which runs also when something fails half way. */
export interface Bench {
  stores: Stores;
  machine: Machine;
  /** Sizes are a tenth. */
  quick: boolean;
  cleanup: AsyncDisposableStack;
}

/** A scenario is one file: it starts what it compares, and says which figures are good enough. */
export interface Scenario {
  name: string;
  /** Milliseconds for everything, after which it is stopped and fails. */
  bound: number;
  measures: readonly Measure[];
  up(bench: Bench): Promise<Stage>;
}
