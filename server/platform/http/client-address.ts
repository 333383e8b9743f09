import ipaddr from 'ipaddr.js';
import type { IncomingMessage } from 'node:http';

const plain = (address: string): string => (ipaddr.isValid(address) ? ipaddr.process(address).toString() : address);

/** Whether an address, or a network such as `10.0.0.0/8`, is or holds another address. */
function covers(trusted: string, address: string): boolean {
  if (!trusted.includes('/')) return plain(trusted) === address;
  if (!ipaddr.isValid(address)) return false;
  const [network, bits] = ipaddr.parseCIDR(trusted);
  const asked = ipaddr.process(address);
  return asked.kind() === network.kind() && asked.match([network, bits]);
}

/**
 * Where a request comes from. `X-Forwarded-For` is believed only as far as trusted proxies wrote it: the right-most hop that is
 * none of them.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: readonly string[]): string {
  const peer = plain(request.socket.remoteAddress ?? '');
  const isTrusted = (address: string): boolean => trustedProxies.some(trusted => covers(trusted, address));
  if (!isTrusted(peer)) return peer;
  const forwarded = request.headers['x-forwarded-for'];
  // from the right, where our own proxies wrote; what stands further left is the stranger's own word, and may be long
  for (
    let rest = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '');
    rest !== '';
    rest = rest.slice(0, Math.max(0, rest.lastIndexOf(',')))
  ) {
    const hop = plain(rest.slice(rest.lastIndexOf(',') + 1).trim());
    if (!ipaddr.isValid(hop)) return peer;
    if (!isTrusted(hop)) return hop;
  }
  return peer;
}

/** What counts as one place for limits: an IPv4 address, or the /64 that a household or an office gets of IPv6. */
export function placeOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.toNormalizedString().split(':').slice(0, 4).join(':') : parsed.toString();
}
