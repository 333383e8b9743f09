import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Outbound } from '../../platform/outbound.ts';
import { say } from '../../words/say.ts';
import type { Step } from './_provider.ts';

const BEGIN = /^\s*-----BEGIN ([A-Z ]*PRIVATE KEY)-----([\s\S]*?)-----END \1-----\s*$/;
const LINE = 64;

/** A key as PEM, also one that lost its line ends on the way through a form; undefined where it is no private RSA key. */
export function privateKeyOf(pem: string): { pem: string; key: KeyObject } | undefined {
  const [, kind, body = ''] = BEGIN.exec(pem) ?? [];
  if (kind === undefined) return undefined;
  const lines = body.replaceAll(/\s/g, '').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  const whole = `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`;
  try {
    const key = createPrivateKey(whole);
    return key.asymmetricKeyType === 'rsa' ? { pem: whole, key } : undefined;
  } catch {
    return undefined;
  }
}

/** The public half as it stands in a record (RFC 6376, 3.6.1). */
const publicHalf = (key: KeyObject): string => createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');

/** Whether receivers will find the key that mail is signed with, and if not what is to be published. */
export async function checkDkim(
  { domain, selector, key }: { domain: string; selector: string; key: string },
  outbound: Pick<Outbound, 'texts'>,
): Promise<Step> {
  const label = say('Signature');
  const parsed = privateKeyOf(key);
  if (!parsed) return { label, state: 'bad', detail: say('The signing key is no private RSA key.') };
  const name = `${selector}._domainkey.${domain}`;
  const half = publicHalf(parsed.key);
  const published = await outbound.texts(name);
  if (published?.some(text => text.replaceAll(/\s/g, '').includes(`p=${half}`)))
    return { label, state: 'ok', detail: say('Mail is signed for {domain}, and DNS has the key.', { domain }) };
  const why = published === undefined ? say('DNS could not be asked for the key') : say('DNS has no such key yet');
  return {
    label,
    state: 'ok',
    detail: say('Mail is signed for {domain}. {why}; publish {record}', { domain, why, record: `${name} TXT "v=DKIM1; k=rsa; p=${half}"` }),
  };
}
