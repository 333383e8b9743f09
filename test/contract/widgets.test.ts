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
