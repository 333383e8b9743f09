import { expect, test } from 'vitest';
import { rotate } from './rotate.ts';
import type { Variant } from './scenario.ts';

test('every rotation has one burst of each, beginning with another one each time, after a warm-up that does not count', async () => {
  const order: string[] = [];
  let now = 0;
  const variant = (name: string): Variant => ({
    name,
    burst: () => {
      order.push(name);
      return Promise.resolve({ generatorShare: 1, at: now++ });
    },
  });
  const stage = { ours: variant('ours'), baselines: [variant('a'), variant('b')], count: () => Promise.resolve({ bursts: now }) };
  const findings = await rotate(stage, 3, new AbortController().signal);
  expect(order.join(' ')).toBe('ours a b ours a b a b ours b ours a');
  expect(findings.ours.map(({ at }) => at)).toEqual([3, 8, 10]);
  expect(findings.baselines.get('b')?.map(({ at }) => at)).toEqual([5, 7, 9]);
  expect(findings.counts).toEqual({ bursts: 12 });
});

test('an interrupted run starts no further burst', async () => {
  const interrupt = new AbortController();
  let bursts = 0;
  const ours: Variant = {
    name: 'ours',
    burst: () => {
      bursts++;
      interrupt.abort(new Error('Interrupted.'));
      return Promise.resolve({ generatorShare: 1 });
    },
  };
  await expect(rotate({ ours, baselines: [], count: () => Promise.resolve({}) }, 5, interrupt.signal)).rejects.toThrow('Interrupted.');
  expect(bursts).toBe(1);
});
