import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

const KNOWN = ['fanout', 'storm'];

test('nothing named means everything', () => {
  expect(readArguments([], KNOWN)).toEqual({ scenarios: KNOWN, quick: false, check: false, json: undefined });
});

test('scenarios and options come in any order', () => {
  expect(readArguments(['--quick', 'storm', '--json', 'out.json', '--check'], KNOWN)).toEqual({
    scenarios: ['storm'],
    quick: true,
    check: true,
    json: 'out.json',
  });
});

test.each([[['storms']], [['--fast']], [['--json']]])('%j is refused, with how it is done', words => {
  expect(() => readArguments(words, KNOWN)).toThrow(/npm run bench/);
});
