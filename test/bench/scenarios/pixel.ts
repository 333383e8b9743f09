import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Page, chromium } from 'playwright';
import { ingest } from '#server/events/ingest.ts';
import type { Actor } from '#server/platform/actor.ts';
import { Refusal } from '#server/platform/refusal.ts';
import { ENABLE, findChromium } from '../../support/chromium.ts';
import { signInPeople } from '../product/people.ts';
import { type Product, startProduct } from '../product/product.ts';
import { startWorker } from '../product/worker.ts';
import type { Bench, Measure, Sample, Scenario, Stage } from '../scenario.ts';

const CHANGES = 20; // per burst
/** ms between two changes: longer than a page lets a widget stand before it draws it anew, or that would be what is measured. */
const APART = 400;
const LONGEST = 10_000;
/** How often the page is asked what it has noted, in ms; what it noted is as exact as its frames. */
const LOOK = 20;

const PROGRAM: Actor = { kind: 'key', id: randomUUID(), name: 'Bench', permissions: new Set(['events.write']), superadmin: false };

/** In the page: remembers when each order was first on the screen, a frame after it was put there. */
const WATCH = `{
  const seen = (window.seen = new Map());
  new MutationObserver(() => {
    const orders = document.body.innerText.match(/PX-\\d+/g) ?? [];
    const fresh = orders.filter(order => !seen.has(order));
    if (fresh.length > 0) requestAnimationFrame(() => { for (const order of fresh) if (!seen.has(order)) seen.set(order, Date.now()); });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}`;

/** A second person's browser on the dashboard, which has heard and shown one change already. */
async function openPage(product: Product, { cleanup }: Bench): Promise<Page> {
  const found = findChromium();
  if (!found) throw new Refusal(`There is no Chromium: ${ENABLE}.`);
  const browser = await chromium.launch(found);
  cleanup.defer(() => browser.close());
  const [cookie = ''] = await signInPeople(product.orm, 1, ['dashboard.view', 'activity.view', 'overview.view']);
  const context = await browser.newContext();
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: product.url }]);
  const page = await context.newPage();
  await page.goto(`${product.url}/dashboard`);
  await page.getByRole('region', { name: 'Activity', exact: true }).waitFor();
  await page.evaluate(WATCH);
  return page;
}

/** Posts one event. @returns ms from its commit until the page showed it, by the clock that both share */
async function change(product: Product, page: Page, number: number): Promise<number> {
  const order = `PX-${number}`;
  const facts = { order, total: { amount: 1, currency: 'USD' } };
  await ingest(product.orm.em.fork(), PROGRAM, [{ id: randomUUID(), type: 'order.placed', facts }]);
  const committed = Date.now();
  for (const late = committed + LONGEST; Date.now() < late; await pause(LOOK)) {
    const at = await page.evaluate<number | null>(`window.seen.get('${order}') ?? null`);
    if (at !== null) return at - committed;
  }
  throw new Error(`${order} was not shown within ${LONGEST} ms.`);
}

async function up(bench: Bench): Promise<Stage> {
  const product = await startProduct({ redisUrl: bench.stores.redisUrl }, bench);
  await startWorker(product, '', bench);
  const page = await openPage(product, bench);
  let number = 0;
  await change(product, page, ++number);
  let ages: number[] = [];
  const burst = async (): Promise<Sample> => {
    if (number === 1 + CHANGES) ages = []; // the first burst only warmed up
    for (let made = 0; made < CHANGES; made++) {
      await pause(APART);
      ages.push(await change(product, page, ++number));
    }
    return { generatorShare: 0 };
  };
  const count = () => {
    const sorted = ages.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
    return Promise.resolve({ changes: ages.length, p50: at(0.5), p99: at(0.99) });
  };
  return { ours: { name: 'server', burst }, baselines: [], count };
}

const measures: readonly Measure[] = [
  { kind: 'count', measure: 'changes seen in the browser', figure: 'changes', goal: '–', gate: '–' },
  { kind: 'count', measure: 'commit until a browser shows it, p50 ms', figure: 'p50', goal: '–', gate: '–' },
  { kind: 'count', measure: 'commit until a browser shows it, p99 ms', figure: 'p99', goal: '–', gate: '–' },
];

const pixel: Scenario = { name: 'pixel', bound: 120_000, measures, up };
export default pixel;
