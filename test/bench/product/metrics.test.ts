import { expect, test } from 'vitest';
import { grown, Metrics } from './metrics.ts';

const page = (frames: number): Metrics =>
  new Metrics(`# HELP x_total What is counted.
# TYPE x_total counter
x_total{event="a b",room="1"} ${frames}
x_total{event="c",room="1"} 4
x_total_created 99
y_seconds_sum 1.5e-3
`);

test('series of one name are added up, narrowed by labels', () => {
  expect(page(3).sum('x_total')).toBe(7);
  expect(page(3).sum('x_total', { event: 'a b' })).toBe(3);
  expect(page(3).sum('x_total', { event: 'c', room: '1' })).toBe(4);
  expect(page(3).sum('y_seconds_sum')).toBe(0.0015);
});

test('what was never counted is zero', () => {
  expect(page(3).sum('z_total')).toBe(0);
  expect(page(3).sum('x_total', { event: 'd' })).toBe(0);
});

test('growth is what came between two readings', () => {
  expect(grown(page(3), page(10), 'x_total')).toBe(7);
});
