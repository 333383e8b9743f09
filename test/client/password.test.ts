import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passwordStrength } from '#lib/password-strength.ts';
import { mayBeSet, passwordFault, passwordLength } from '#lib/password.ts';

const REFUSED = ['&', '"', "'", '<', '>'];
const fine = fc
  .string({ unit: 'grapheme', minLength: 12, maxLength: 60 })
  .filter(text => !REFUSED.some(character => text.includes(character)) && passwordLength(text) >= 12 && passwordLength(text) <= 256);

describe('what a new password may be', () => {
  test('each of the five refused characters is named, wherever it stands', () => {
    fc.assert(
      fc.property(fine, fc.constantFrom(...REFUSED), fc.nat(), (text, character, at) => {
        const cut = at % (text.length + 1);
        const password = text.slice(0, cut) + character + text.slice(cut);
        expect(passwordFault(password)).toContain(character);
        expect(mayBeSet(password, password, 12)).toBe(false);
      }),
    );
  });

  test('any other of the right length may be set, if both times the same was typed', () => {
    fc.assert(
      fc.property(fine, text => {
        expect(passwordFault(text)).toBe('');
        expect(mayBeSet(text, text, 12)).toBe(true);
        expect(mayBeSet(text, `${text}x`, 12)).toBe(false);
      }),
    );
  });

  test('length counts characters, not code units, and an accent typed apart is one', () => {
    expect(passwordLength('🦊'.repeat(12))).toBe(12);
    expect(passwordLength('e\u0301')).toBe(1);
    expect(mayBeSet('🦊'.repeat(11), '🦊'.repeat(11), 12)).toBe(false);
    expect(passwordFault('a'.repeat(257))).toBe('At most 256 characters.');
  });
});

describe('the meter', () => {
  test('advises a long one, and shows nothing for what may not be set', () => {
    const shown = [
      'short',
      'eleven lett',
      'twelve chars',
      'blue lamp over tap',
      'seven blue lamps over quiet water',
      'twelve chars & more of them',
    ];
    expect(shown.map(password => passwordStrength(password, 12))).toEqual([0, 0, 1, 2, 3, 0]);
    expect(passwordStrength('blue lamp', 8)).toBe(1);
  });

  test('does not take length for strength where a pattern makes it', () => {
    for (const password of ['a'.repeat(40), 'ab'.repeat(20), 'abcd'.repeat(10), 'abcdefghijklmnopqrstuvwxyz', '98765432109876543210'])
      expect(passwordStrength(password, 12), password).toBe(1);
  });

  test('never falls when something is typed behind a password', () => {
    fc.assert(
      fc.property(fine, fine, (text, more) => {
        fc.pre(passwordFault(text + more) === '');
        expect(passwordStrength(text + more, 12)).toBeGreaterThanOrEqual(passwordStrength(text, 12));
      }),
    );
  });
});
