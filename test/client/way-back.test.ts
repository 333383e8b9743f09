import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wayBack } from '#lib/way-back.ts';

const back = (to: string | null) => wayBack(to, '/dashboard', '/sign-in');

describe('the way back after signing in', () => {
  test('leads to the page that was asked for, with its filters', () => {
    expect(back('/staff?tab=invited#row')).toBe('/staff?tab=invited#row');
  });

  test.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    'javascript:alert(1)',
    '',
    '/sign-in?to=/x',
  ])('leads home from %j', to => expect(back(to)).toBe('/dashboard'));

  test('never leaves the site, whatever the address bar says', () => {
    const nasty = fc.string({ unit: fc.constantFrom('/', '\\', ':', '@', '.', 'a', '?', '#', '\t', '\n', ' ', '%', '0', '2', 'f') });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.webUrl(), fc.string()), to => {
        const way = back(to);
        expect(way.startsWith('/')).toBe(true);
        expect(new URL(way, location.origin).origin).toBe(location.origin);
      }),
    );
  });
});
