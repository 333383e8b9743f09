import { expect, test } from 'vitest';
import { addressWith, askedIn, oneOf } from '#lib/list-address.ts';

test('an address keeps what is not changed, and empty values go', () => {
  const url = new URL('https://example.org/staff?tab=invited&search=ana&page=3');
  const next = addressWith(url, { search: 'åsa & co', page: undefined, state: '' });
  expect([...next.searchParams]).toEqual([
    ['tab', 'invited'],
    ['search', 'åsa & co'],
  ]);
  expect(url.searchParams.get('page')).toBe('3');
});

test('what an address asks for is trimmed, and nonsense counts as absent', () => {
  const url = new URL('https://example.org/staff?search=%20ana%20&state=%20&tab=nonsense');
  expect(askedIn(url, 'search')).toBe('ana');
  expect(askedIn(url, 'state')).toBeUndefined();
  expect(oneOf(['active', 'invited'], askedIn(url, 'tab'))).toBeUndefined();
});
