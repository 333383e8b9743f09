import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORBIDDEN_PASSWORD_CHARACTERS, USERNAME } from '#contract/accounts.ts';
import { newPassword } from '#contract/shared.ts';
import { weakness } from '#server/auth/new-password.ts';
import { hashPassword, isOutdated, verifyPassword } from '#server/auth/passwords.ts';
import { Secrets } from '#server/platform/secrets.ts';

const secrets = new Secrets(Buffer.alloc(32, 7));
const accepts = (password: string): boolean => newPassword.safeParse(password).success;

describe('a new password', () => {
  test('may be anything but the five characters, up to 256 code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), password => {
        expect(accepts(password)).toBe(!FORBIDDEN_PASSWORD_CHARACTERS.some(character => password.includes(character)));
      }),
      { numRuns: 10_000 },
    );
  });

  test('is refused with each of the five wherever it stands, and the message names all five', () => {
    for (const character of FORBIDDEN_PASSWORD_CHARACTERS) {
      for (const password of [`${character}abcdefghijkl`, `abcdef${character}ghijkl`, `abcdefghijkl${character}`]) {
        const { error } = newPassword.safeParse(password);
        for (const named of FORBIDDEN_PASSWORD_CHARACTERS) expect(error?.issues[0]?.message).toContain(named);
      }
    }
    expect(accepts('＆＂＇＜＞ fullwidth forms')).toBe(true);
    expect(accepts('🦊'.repeat(256))).toBe(true);
    expect(accepts('a'.repeat(256))).toBe(true);
    expect(accepts('a'.repeat(257))).toBe(false);
  });

  test('is weak when common, a pattern, or little more than the person', () => {
    for (const password of [
      '1234567890',
      'abababababab',
      'aaaaaaaaaaaaaa',
      'abcdefghijklmnop',
      'anaruiz1',
      'Northwind.2026',
      'ana.ruiz@northwind',
    ]) {
      expect(weakness(password, ['Ana', 'Ruiz', 'ana.ruiz@northwind.example', 'Northwind', 'anaruiz']), password).toBeDefined();
    }
    for (const password of ['correct horse battery staple', 'ana likes sailing at dawn', 'Zwölf Boxkämpfer', '🦊🐻🦁🐯🐨🐼🐸🐵🐔🐧🐦🐤']) {
      expect(weakness(password, ['Ana', 'Ruiz', 'ana.ruiz@northwind.example', 'Northwind']), password).toBeUndefined();
    }
  });
});

describe('hashing', () => {
  test('verifies the password as it was typed: nothing is trimmed, folded or cut, only composed', async () => {
    const stored = await hashPassword(secrets, ' Pässwörd with spaces ');
    expect(await verifyPassword(secrets, stored, ' Pässwörd with spaces '.normalize('NFD'))).toBe(true);
    for (const near of ['Pässwörd with spaces', ' pässwörd with spaces ', ' Password with spaces ', ' Pässwörd with spaces  ']) {
      expect(await verifyPassword(secrets, stored, near), near).toBe(false);
    }
  });

  test('survives a change of the key while the former one is known, and asks to be renewed', async () => {
    const stored = await hashPassword(secrets, 'correct horse battery staple');
    const renewed = new Secrets(Buffer.alloc(32, 8), [Buffer.alloc(32, 7)]);
    expect(await verifyPassword(renewed, stored, 'correct horse battery staple')).toBe(true);
    expect(isOutdated(renewed, stored)).toBe(true);
    expect(isOutdated(secrets, stored)).toBe(false);
    expect(await verifyPassword(new Secrets(Buffer.alloc(32, 9)), stored, 'correct horse battery staple')).toBe(false);
  });

  test('of nobody answers no', async () => {
    expect(await verifyPassword(secrets, undefined, 'nobody has this password')).toBe(false);
  });

  test('takes one at a time and refuses when too many wait', async () => {
    const stored = await hashPassword(secrets, 'correct horse battery staple');
    const results = await Promise.allSettled(
      Array.from({ length: 80 }, () => verifyPassword(secrets, stored, 'correct horse battery staple')),
    );
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(33);
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(await verifyPassword(secrets, stored, 'correct horse battery staple')).toBe(true);
  });
});

test('usernames begin with a letter of ASCII and hold letters and digits of ASCII only', () => {
  for (const name of ['a', 'Ana', 'ana1', 'A'.repeat(32)]) expect(USERNAME.test(name), name).toBe(true);
  for (const name of [
    '',
    '1a',
    'a b',
    'a_b',
    'a.b',
    'a-b',
    'ána',
    'аna',
    'ſara',
    '\u212Aana',
    'a\n',
    'a\0',
    'A'.repeat(33),
    'ana ',
    ' ana',
    'a@b',
    '😀',
    'ａna',
  ]) {
    expect(USERNAME.test(name), JSON.stringify(name)).toBe(false);
  }
});
