import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { parseSecretKey } from './platform/secret-key.ts';

/** A URL with one of the schemes. */
export const url = (...schemes: string[]) =>
  z.url({ protocol: new RegExp(`^(${schemes.join('|')})$`), error: `must be a URL that begins with ${schemes.join(': or ')}:` });

/** Words with commas between them. */
export const list = z.string().transform(text =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== ''),
);

/** IP addresses and networks (`10.0.0.0/8`) with commas between them. */
export const addresses = list.refine(
  words => words.every(word => ipaddr.isValid(word) || ipaddr.isValidCIDR(word)),
  'must be IP addresses or networks, with commas between them',
);

/** A folder, made absolute. */
export const folder = z.string().transform(name => path.resolve(name));

/** A secret key, as bytes. */
export const secretKey = z.string().transform((text, context) => {
  const key = parseSecretKey(text);
  if (key) return key;
  context.addIssue('must be 32 random bytes or more, in hex or base64: make one with `openssl rand -base64 32`');
  return z.NEVER;
});

/** Where people reach us: an origin, since links and cookies are made for one. */
export const origin = url('http', 'https').transform((text, context) => {
  const address = new URL(text);
  if (address.pathname === '/' && address.search === '' && address.hash === '' && address.username === '') return address.origin;
  context.addIssue('must end after the host and port: Quarterdeck needs a host name of its own');
  return z.NEVER;
});

/** Plain http shows passwords and cookies to the network, except where there is no network. */
export function isSafeOrigin(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
