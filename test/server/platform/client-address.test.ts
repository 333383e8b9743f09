import fc from 'fast-check';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress, placeOf } from '#server/platform/http/client-address.ts';

const request = (peer: string, forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress: peer },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

test('what a stranger says about where they come from is not believed', () => {
  fc.assert(
    fc.property(fc.string(), said => {
      expect(clientAddress(request('203.0.113.9', said), ['10.0.0.1'])).toBe('203.0.113.9');
    }),
  );
});

test('a trusted proxy is believed, and of several hops the right-most that is no proxy of ours', () => {
  expect(clientAddress(request('::ffff:10.0.0.1', '198.51.100.1, 203.0.113.9'), ['10.0.0.1'])).toBe('203.0.113.9');
  expect(clientAddress(request('10.0.0.1', '203.0.113.9, 10.0.0.7, 10.0.0.8'), ['10.0.0.0/8'])).toBe('203.0.113.9');
  expect(clientAddress(request('10.0.0.1', 'nonsense'), ['10.0.0.1'])).toBe('10.0.0.1');
  expect(clientAddress(request('2001:db8::1', '203.0.113.9'), ['2001:db8::/32'])).toBe('203.0.113.9');
  expect(clientAddress(request('10.0.0.1'), ['10.0.0.1'])).toBe('10.0.0.1');
});

test('of a header full of nonsense nothing is believed', () => {
  expect(clientAddress(request('10.0.0.1', 'a,'.repeat(8000)), ['10.0.0.1'])).toBe('10.0.0.1');
});

test('of IPv6 the /64 is one place, of IPv4 the address', () => {
  expect(placeOf('2001:db8:1:2:aaaa::1')).toBe(placeOf('2001:db8:1:2:ffff::9'));
  expect(placeOf('2001:db8:1:3::1')).not.toBe(placeOf('2001:db8:1:2::1'));
  expect(placeOf('203.0.113.9')).toBe('203.0.113.9');
});
