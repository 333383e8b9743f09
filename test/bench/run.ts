/** `npm run bench`: the product beside its baselines, as one table. */
import { writeFile } from 'node:fs/promises';
import { Refusal } from '#server/platform/refusal.ts';
import { readArguments } from './arguments.ts';
import { Machine, pinRest, runLine } from './machine.ts';
import { judgeAll, type Result } from './result.ts';
import { rotate } from './rotate.ts';
import type { Scenario } from './scenario.ts';
import activity from './scenarios/activity.ts';
import backlog from './scenarios/backlog.ts';
import deliveries from './scenarios/deliveries.ts';
import fanout from './scenarios/fanout.ts';
import pixel from './scenarios/pixel.ts';
import revocation from './scenarios/revocation.ts';
import signIn from './scenarios/sign-in.ts';
import storm from './scenarios/storm.ts';
import widgets from './scenarios/widgets.ts';
import { startStores, type Stores } from './stores.ts';
import { table } from './table.ts';
import { unless } from './unless.ts';

const SCENARIOS: readonly Scenario[] = [fanout, storm, widgets, pixel, signIn, revocation, activity, deliveries, backlog];
const ROTATIONS = { quick: 3, full: 5 } as const;

interface Conditions {
  stores: Stores;
  machine: Machine;
  quick: boolean;
  rotations: number;
  interrupted: AbortSignal;
}

async function runScenario(scenario: Scenario, { stores, machine, quick, rotations, interrupted }: Conditions): Promise<Result[]> {
  await using cleanup = new AsyncDisposableStack();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`It took more than ${scenario.bound / 1000} s.`)), scenario.bound);
  cleanup.defer(() => clearTimeout(timer));
  const signal = AbortSignal.any([interrupted, late.signal]);
  const work = async () => rotate(await scenario.up({ stores, machine, quick, cleanup }), rotations, signal);
  return judgeAll(scenario.name, scenario.measures, await unless(signal, work()), !quick);
}

async function main(): Promise<number> {
  const names = SCENARIOS.map(({ name }) => name);
  const { scenarios, quick, check, json } = readArguments(process.argv.slice(2), names);
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort(new Error('Interrupted.')));
  await using cleanup = new AsyncDisposableStack();
  const machine = new Machine(pinRest());
  const rotations = quick ? ROTATIONS.quick : ROTATIONS.full;
  const stores = await startStores(cleanup);
  const results: Result[] = [];
  let broken = false;
  for (const scenario of SCENARIOS.filter(({ name }) => scenarios.includes(name))) {
    console.error(`${scenario.name} …`);
    try {
      results.push(...(await runScenario(scenario, { stores, machine, quick, rotations, interrupted: interrupt.signal })));
    } catch (error) {
      if (interrupt.signal.aborted) return 130;
      console.error(`${scenario.name} could not be measured:`, error);
      broken = true;
    }
  }
  const run = machine.describe(quick, rotations);
  console.log(`${table(results)}\n\n${runLine(run)}`);
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ run, results }, undefined, 2)}\n`);
  return broken || (check && results.some(({ verdict }) => verdict === 'fail')) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
