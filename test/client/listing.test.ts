import { expect, test } from 'vitest';
import { Listing } from '#lib/listing.svelte.ts';
import { NoAnswer } from '#lib/problem.ts';

interface Row {
  id: string;
  text: string;
}
const pageOf = (...items: Row[]) => ({ items, total: items.length });
const a = { id: 'a', text: 'first' };
const b = { id: 'b', text: 'second' };
const c = { id: 'c', text: 'third' };
const free = () => false;
const pointing = () => true;

/** A list whose next answers are given beforehand. */
function listing(first: ReturnType<typeof pageOf>, ...answers: (ReturnType<typeof pageOf> | Error)[]) {
  return new Listing(
    first,
    () => {
      const next = answers.shift();
      return next && !(next instanceof Error) ? Promise.resolve(next) : Promise.reject(next ?? new Error('asked too often'));
    },
    (row: Row) => row.id,
  );
}

test('a row that changed in place is shown at once and tinted, whoever points at it', async () => {
  const list = listing(pageOf(a, b), pageOf(a, { ...b, text: 'changed' }));
  await list.refresh(pointing);
  expect(list.page.items[1]?.text).toBe('changed');
  expect(list.waiting).toBe(0);
  expect([a, b].map(row => list.hasArrived(row))).toEqual([false, true]);
});

test('what would move rows waits while somebody points at them, and is counted', async () => {
  const list = listing(pageOf(a, b), pageOf(c, a));
  await list.refresh(pointing);
  expect(list.page.items).toEqual([a, b]);
  expect(list.waiting).toBe(2);
  list.reveal();
  expect(list.page.items).toEqual([c, a]);
  expect(list.waiting).toBe(0);
  expect(list.hasArrived(c)).toBe(true);
});

test('rows move by themselves when nobody points at them', async () => {
  const list = listing(pageOf(a), pageOf(b, a));
  await list.refresh(free);
  expect(list.page.items).toEqual([b, a]);
});

test('a reading that fails keeps what was good and says why; the next one clears it', async () => {
  const list = listing(pageOf(a), new NoAnswer(), pageOf(a, b));
  await list.refresh(free);
  expect(list.page.items).toEqual([a]);
  expect(list.failure?.cause).toContain('did not answer');
  await list.refresh(free);
  expect(list.page.items).toEqual([a, b]);
  expect(list.failure).toBeUndefined();
});

test('of two readings under way the one asked for last is shown', async () => {
  const slow = Promise.withResolvers<ReturnType<typeof pageOf>>();
  const answers = [slow.promise, Promise.resolve(pageOf(a, b))];
  const list = new Listing(
    pageOf(a),
    () => answers.shift() ?? Promise.reject(new Error('asked too often')),
    (row: Row) => row.id,
  );
  const first = list.refresh(free);
  await list.refresh(free);
  slow.resolve(pageOf(c));
  await first;
  expect(list.page.items).toEqual([a, b]);
});
