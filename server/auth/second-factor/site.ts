import { isIP } from 'node:net';
import { Problem } from '../../platform/problem.ts';
import { say } from '../../words/say.ts';

/** Where passkeys of this installation belong: never what a request says of itself. */
export interface Site {
  origin: string;
  rpId: string;
}

/** Browsers make passkeys for names, over https or on localhost; not for bare addresses (WebAuthn, section 5.1.3). */
export function passkeysPossible(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return (
    isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 && (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost'))
  );
}

/** @throws Problem `conflict` where browsers cannot have passkeys for this site */
export function siteOf(baseUrl: string): Site {
  if (!passkeysPossible(baseUrl))
    throw new Problem('conflict', {
      detail: say('Passkeys need a host name and https. This site has neither, so use an authenticator app.'),
    });
  const { origin, hostname } = new URL(baseUrl);
  return { origin, rpId: hostname };
}
