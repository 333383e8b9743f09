import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
