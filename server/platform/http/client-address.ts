import ipaddr from 'ipaddr.js';
import type { IncomingMessage } from 'node:http';

const plain = (address: string): string => (ipaddr.isValid(address) ? ipaddr.process(address).toString() : address);

/**
 * Where a request comes from. `X-Forwarded-For` is believed only as far as trusted proxies wrote it: the right-most hop that is
 * none of them.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: readonly string[]): string {
  const peer = plain(request.socket.remoteAddress ?? '');
  const isTrusted = (address: string): boolean => trustedProxies.some(trusted => plain(trusted) === address);
  if (!isTrusted(peer)) return peer;
  const forwarded = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').map(hop => plain(hop.trim()));
  return hops.findLast(hop => ipaddr.isValid(hop) && !isTrusted(hop)) ?? peer;
}

/** What counts as one place for limits: an IPv4 address, or the /64 that a household or an office gets of IPv6. */
export function placeOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.toNormalizedString().split(':').slice(0, 4).join(':') : parsed.toString();
}
