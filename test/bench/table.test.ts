import { expect, test } from 'vitest';
import { short, table } from './table.ts';

test.each([
  [0.0523, '0.0523'],
  [4.307, '4.31'],
  [0, '0'],
  [312, '312'],
  [1024.4, '1024'],
  [98_400, '98k'],
  [999_600, '1M'],
  [1_230_000, '1.23M'],
])('%d is shown as %s', (value, shown) => {
  expect(short(value)).toBe(shown);
});

test('timed measures show three figures and counts one, in columns that line up', () => {
  const spread = { min: 98_000, median: 103_000, max: 106_000 };
  const rendered = table([
    {
      scenario: 'fanout',
      measure: 'deliveries/CPU-s',
      ours: spread,
      baseline: { name: 'ws-send', min: 58_000, median: 76_000, max: 81_000 },
      ratio: { min: 1.09, median: 1.28, max: 1.8 },
      goal: '>=1.0',
      gate: '>=0.9',
      verdict: 'ok',
    },
    {
      scenario: 'storm',
      measure: 'bytes per client',
      ours: 312,
      baseline: null,
      ratio: null,
      goal: '<=1024',
      gate: '<=1024',
      verdict: 'ok',
    },
  ]);
  const lines = rendered.split('\n');
  expect(new Set(lines.map(line => line.length)).size).toBe(1);
  expect(lines[2]?.split(/ *\| */).slice(1, -1)).toEqual([
    'fanout',
    'deliveries/CPU-s',
    '98k/103k/106k',
    'ws-send 58k/76k/81k',
    '1.09/1.28/1.80',
    '>=1.0',
    '>=0.9',
    'ok',
  ]);
  expect(lines[3]?.split(/ *\| */).slice(1, -1)).toEqual(['storm', 'bytes per client #', '312', '–', '–', '<=1024', '<=1024', 'ok']);
});
