import { SOME, fillLog } from '../product/log.ts';
import { signInPeople } from '../product/people.ts';
import { type Product, startProduct } from '../product/product.ts';
import type { Bench, Measure, Sample, Scenario, Stage, Variant } from '../scenario.ts';
import { median } from '../verdict.ts';

const ENTRIES = { quick: 10_000, full: 100_000 } as const;
const TRIES = { quick: 10, full: 40 } as const; // per question and burst
const DAY_MS = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

/** What is asked of the log, by the name of the figure. Each has to be quick, also where it finds little or nothing. */
const QUESTIONS = {
  first: () => ({}),
  deep: () => ({ before: '1000' }),
  family: () => ({ family: 'security' }),
  type: () => ({ type: 'role.edited' }),
  person: () => ({ actor: SOME.actor }),
  object: () => ({ object: SOME.object }),
  address: () => ({ address: SOME.address }),
  session: () => ({ session: SOME.session }),
  range: () => ({ from: ago(6), to: ago(5) }),
  search: () => ({ search: 'O-500' }),
  nothing: () => ({ search: 'nowhere' }),
} satisfies Record<string, () => Record<string, string>>;
type Question = keyof typeof QUESTIONS;
const NAMES = Object.keys(QUESTIONS) as Question[]; // a constant's keys are those it is written with

/** One request after another, each by somebody else, so that no limit of a person answers. @returns ms each took */
async function ask(product: Product, cookies: readonly string[], route: string): Promise<number[]> {
  const took: number[] = [];
  for (const cookie of cookies) {
    const began = performance.now();
    await product.get(route, cookie);
    took.push(performance.now() - began);
  }
  return took;
}

/** Asks each question in turn. */
function variantOf(name: string, product: Product, cookies: readonly string[], routeOf: (question: Question) => string): Variant {
  const burst = async (): Promise<Sample> => {
    const [server, own] = [await product.server.cpu(), process.cpuUsage()];
    const figures: Record<string, number> = {};
    for (const question of NAMES) {
      const took = await ask(product, cookies, routeOf(question));
      figures[question] = median(took);
      if (question === 'first' || question === 'deep') figures[`${question} slowest`] = Math.max(...took);
    }
    const [after, spent] = [await product.server.cpu(), process.cpuUsage(own)];
    return { ...figures, generatorShare: (spent.user + spent.system) / (after.user + after.system - server.user - server.system) };
  };
  return { name, burst };
}

async function up(bench: Bench): Promise<Stage> {
  const product = await startProduct({ redisUrl: bench.stores.redisUrl }, bench);
  await fillLog(product.orm, bench.quick ? ENTRIES.quick : ENTRIES.full);
  const cookies = await signInPeople(product.orm, bench.quick ? TRIES.quick : TRIES.full, ['activity.view']);
  const ours = variantOf('log', product, cookies, question => `/activity?${new URLSearchParams(QUESTIONS[question]()).toString()}`);
  // the least that somebody signed in can ask: the door, the database once or twice, an answer
  const session = variantOf('session', product, cookies, () => '/session');
  return { ours, baselines: [session], count: () => Promise.resolve({}) };
}

const timed = (figure: string, measure: string, goal: Measure['goal'], gate: Measure['gate']): Measure => ({
  kind: 'timed',
  measure,
  figure,
  baseline: 'session',
  goal,
  gate,
});
const measures: readonly Measure[] = [
  timed('first', 'newest page, p50 ms', '<=3', '<=6'),
  timed('first slowest', 'newest page, slowest ms', '<=8', '–'),
  timed('deep', 'a page 99,000 entries back, p50 ms', '<=3', '<=6'),
  timed('deep slowest', 'a page 99,000 entries back, slowest ms', '<=8', '–'),
  ...NAMES.filter(name => name !== 'first' && name !== 'deep').map(name => timed(name, `narrowed by ${name}, p50 ms`, '<=4', '<=8')),
];

/** The activity log at a hundred thousand entries: what a page of it costs, wherever it is and whatever it is narrowed by. */
const activity: Scenario = { name: 'activity', bound: 180_000, measures, up };
export default activity;
