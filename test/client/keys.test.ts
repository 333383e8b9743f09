import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeySequence, mayBeShortcut } from '#lib/keys.ts';

function keyboard() {
  const done: string[] = [];
  const commands = ['g d', 'g s', 'i', '?'].map(keys => ({ keys, run: () => done.push(keys) }));
  const sequence = new KeySequence();
  return { done, press: (key: string, at: number) => sequence.handle(key, commands, at) };
}

describe('shortcuts', () => {
  test('a single key acts at once, a sequence on its last key', () => {
    const { done, press } = keyboard();
    expect(press('i', 0)).toBe(true);
    expect(press('g', 10)).toBe(true);
    expect(done).toEqual(['i']);
    press('s', 500);
    expect(done).toEqual(['i', 'g s']);
  });

  test('a sequence left half-way is forgotten after a second', () => {
    const { done, press } = keyboard();
    press('g', 0);
    expect(press('d', 1001)).toBe(false);
    expect(done).toEqual([]);
  });

  test('a wrong second key is taken as a first one', () => {
    const { done, press } = keyboard();
    press('g', 0);
    press('i', 100);
    press('g', 200);
    press('g', 300);
    press('d', 400);
    expect(done).toEqual(['i', 'g d']);
  });

  test('whatever was typed before, a second later every command still answers to its keys', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('g', 'd', 's', 'i', '?', 'x')), fc.constantFrom('g d', 'g s', 'i', '?'), (before, wanted) => {
        const { done, press } = keyboard();
        before.forEach((key, i) => press(key, i));
        done.length = 0;
        wanted.split(' ').forEach((key, i) => press(key, before.length + 1001 + i));
        expect(done).toEqual([wanted]);
      }),
    );
  });

  test('keys typed into a field, or with a modifier, are no shortcuts', () => {
    const field = document.body.appendChild(document.createElement('input'));
    const heard: boolean[] = [];
    addEventListener('keydown', event => heard.push(mayBeShortcut(event)), { once: false });
    const press = (target: EventTarget, init: KeyboardEventInit) =>
      target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
    press(field, { key: 'i' });
    press(document.body, { key: 'i', ctrlKey: true });
    press(document.body, { key: 'i' });
    field.remove();
    expect(heard).toEqual([false, false, true]);
  });
});
