import { expect, test } from 'vitest';
import { views } from '#contract/widgets.ts';

const series = (at: number[], values: (number | null)[]) => ({
  kind: 'line',
  ranges: [{ id: '1h', at, series: [{ label: 'a', values }] }],
  empty: 'Nothing yet.',
});

test('figures over time that do not fit their moments are refused before anybody sees them', () => {
  expect(views.series.safeParse(series([1, 2], [1, null])).success).toBe(true);
  expect(views.series.safeParse(series([1, 2], [1])).error?.issues[0]?.message).toContain('a value, or null, for each moment');
  expect(views.series.safeParse(series([2, 1], [1, 2])).error?.issues[0]?.message).toContain('must ascend');
});

test('several stretches of bars cannot be told apart without an id each', () => {
  const bars = (...ids: (string | undefined)[]) => ({ ranges: ids.map(id => ({ id, items: [] })), empty: 'Nothing yet.' });
  expect(views.bars.safeParse(bars(undefined)).success).toBe(true);
  expect(views.bars.safeParse(bars('24h', '7d')).success).toBe(true);
  expect(views.bars.safeParse(bars('24h', '24h')).success).toBe(false);
});

test('what a reader follows from one state to the next has a name of its own', () => {
  const list = (...ids: string[]) => ({ items: ids.map(id => ({ id, text: id })), empty: 'Nothing.' });
  expect(views.list.safeParse(list('a', 'b')).success).toBe(true);
  expect(views.list.safeParse(list('a', 'a')).error?.issues[0]?.message).toContain('an id of its own');
  const table = (...keys: string[]) => ({ columns: keys.map(key => ({ key, label: key })), rows: [], empty: 'Nothing.' });
  expect(views.table.safeParse(table('a', 'b')).success).toBe(true);
  expect(views.table.safeParse(table('a', 'a')).error?.issues[0]?.message).toContain('a key of its own');
});
