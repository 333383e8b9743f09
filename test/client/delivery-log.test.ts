import { expect, test } from 'vitest';
import type { DeliveryRow } from '#contract/deliveries.ts';
import { DeliveryLog, belongs } from '#lib/delivery-log.svelte.ts';

const row = (id: string, change: Partial<DeliveryRow> = {}): DeliveryRow => ({
  id,
  createdAt: `2026-11-25T10:00:0${id}.000Z`,
  state: 'queued',
  reason: null,
  provider: 'slack',
  providerLabel: 'Slack',
  target: '#sales',
  rule: { id: 'r1', name: 'Large orders' },
  about: `Order ${id}`,
  event: { id: 'e', type: 'order.placed', label: 'An order was placed' },
  test: false,
  collects: null,
  toldBy: null,
  tries: 0,
  maxTries: 8,
  nextTryAt: null,
  finishedAt: null,
  version: 1,
  ...change,
});
const all = () => true;
const ids = (log: DeliveryLog) => log.rows.map(({ id }) => id);

test('a delivery moves through its states in place, and a late word never undoes a newer one', () => {
  const log = new DeliveryLog([row('2'), row('1')], 2);
  log.take([row('1', { state: 'sent', version: 3 })], all, true);
  log.take([row('1', { state: 'sending', version: 2 })], all, true);
  expect(log.rows.map(({ id, state }) => [id, state])).toEqual([
    ['2', 'queued'],
    ['1', 'sent'],
  ]);
  expect(log.waiting).toBe(0);
});

test('new deliveries wait while somebody reads, keep up with their state meanwhile, and stand on top when asked for', () => {
  const log = new DeliveryLog([row('1')], 1);
  log.take([row('2')], all, true);
  log.take([row('2', { state: 'sent', version: 2 }), row('3')], all, true);
  expect(ids(log)).toEqual(['1']);
  expect(log.waiting).toBe(2);
  expect(log.total).toBe(3);
  log.reveal();
  expect(ids(log)).toEqual(['3', '2', '1']);
  expect(log.rows[1]?.state).toBe('sent');
  expect(log.hasArrived('3')).toBe(true);
});

test('one that is told twice is there once', () => {
  const log = new DeliveryLog([row('1')], 1);
  log.take([row('2')], all, false);
  log.take([row('2'), row('1')], all, false);
  expect(ids(log)).toEqual(['2', '1']);
  expect(log.total).toBe(2);
});

test('one of a later page does not come to the front when its state changes', () => {
  const log = new DeliveryLog([row('5'), row('4')], 50);
  log.take([row('1', { state: 'failed', version: 4 })], all, false);
  expect(ids(log)).toEqual(['5', '4']);
  expect(log.total).toBe(50);
});

test('only what is asked for is taken', () => {
  const failed = row('1', { state: 'failed' });
  expect(belongs({}, failed)).toBe(true);
  expect(belongs({ state: 'failed', provider: 'slack', rule: 'r1', search: 'SALES' }, failed)).toBe(true);
  for (const filter of [{ state: 'sent' as const }, { provider: 'email' }, { rule: 'r2' }, { search: 'elsewhere' }])
    expect(belongs(filter, failed), JSON.stringify(filter)).toBe(false);
});
