import { expect } from 'vitest';
import { ERROR_500, HTML_502 } from '../support/counterparts/counterpart.ts';
import { type Ordeal, type Tally, endure } from './ordeal.ts';
import { ordeals } from './ordeals.ts';
import { test } from './site.ts';

/** How many deliveries go through each ordeal: `FAULTS=2000` measures; a test run lets few go through all of it at once. */
const COUNT = Number(process.env['FAULTS'] ?? 0);
const PATIENCE = 90_000; // ms
const PER_DELIVERY = 200; // ms: of a measurement

function judge(ordeal: Ordeal, tally: Tally, count: number): void {
  expect(tally).toMatchObject({ deliveries: count, lost: 0, strangers: 0, ...(ordeal.mayRepeat ? {} : { repeats: 0 }) });
}

/** What a bad day brings together. */
const everything: Ordeal = {
  name: 'everything at once',
  provider: 'webhook',
  mayRepeat: true,
  chaos: () => ({ moment: 'after-send', every: 15 }),
  prepare: ({ receiver }) =>
    void receiver.faults.push(ERROR_500, HTML_502, { reset: true }, { status: 429, headers: { 'retry-after': '1' } }),
  during: async ({ killRedis, restartPostgres }, progress) => {
    await expect.poll(async () => (await progress()).sent, { timeout: 20_000 }).toBeGreaterThan(5);
    await killRedis();
    await restartPostgres();
  },
};

test.runIf(COUNT === 0)('whatever dies, nothing is lost, and a repeat carries the same id', { timeout: 2 * PATIENCE }, async ({ site }) => {
  const tally = await endure(site, everything, 40, PATIENCE);
  judge(everything, tally, 40);
  expect(tally.deaths).toBeGreaterThan(0);
});

test.runIf(COUNT > 0).for(ordeals.map(ordeal => [ordeal.name, ordeal] as const))(
  '%s',
  { timeout: PATIENCE * 2 + COUNT * PER_DELIVERY },
  async ([, ordeal], { site }) => {
    const tally = await endure(site, ordeal, COUNT, PATIENCE + COUNT * PER_DELIVERY);
    console.log(JSON.stringify({ ...tally, seconds: Math.round(tally.seconds) }));
    judge(ordeal, tally, COUNT);
  },
);
