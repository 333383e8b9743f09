import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'vitest';
import { deliver } from '#server/notifications/deliver.ts';
import { checkDkim } from '#server/notifications/providers/_dkim.ts';
import email from '#server/notifications/providers/email.ts';
import { checkSignature } from '../../support/dkim.ts';
import { activateEmail, oneDelivery, test } from './house.ts';

const target = { address: 'sales@northwind.example' };
const toSales = { targets: [{ provider: 'email', target, label: target.address }] };

test('mail is signed for its sender’s domain, and the signature holds', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await activateEmail(em, owner, tools, mailbox, { dkimSelector: 'desk', dkimKey: pem.toString().replaceAll('\n', ' ') });
  const id = await oneDelivery(em, owner, { ...toSales, facts: { client: 'Söhne  &  Co ' } });
  await deliver(em.fork(), tools, id, []);
  const { tags, holds } = checkSignature(mailbox.mails[0]?.raw ?? '', publicKey);
  expect({ d: tags['d'], s: tags['s'], holds }).toEqual({ d: 'northwind.example', s: 'desk', holds: true });
  expect(tags['h']?.toLowerCase().split(':')).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'date']));
});

test('a signing key is a private RSA key, and comes with its selector', async ({ tools, mailbox }) => {
  const settings = { host: '127.0.0.1', port: mailbox.port, security: 'none', fromAddress: 'desk@northwind.example' };
  const { privateKey } = generateKeyPairSync('ed25519');
  const wrong = privateKey.export({ type: 'pkcs8', format: 'pem' });
  expect(email.settings.safeParse({ ...settings, dkimSelector: 'desk', dkimKey: wrong }).success).toBe(false);
  expect((await email.check({ ...settings, dkimSelector: 'desk' }, tools)).at(-1)).toEqual({
    label: 'Signature',
    state: 'bad',
    detail: 'DKIM needs both a selector and a key.',
  });
});

test.for([
  ['has the key', (half: string) => [`v=DKIM1; k=rsa; p=${half}`], /DNS has the key/],
  ['has another', () => ['v=DKIM1; p=AAAA'], /no such key yet; publish desk\._domainkey\.northwind\.example TXT "v=DKIM1; k=rsa; p=MI/],
  ['does not answer', () => undefined, /could not be asked.*publish/],
] as [string, (half: string) => string[] | undefined, RegExp][])('DNS that %s', async ([, texts, said]) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const half = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const asked = { domain: 'northwind.example', selector: 'desk', key };
  expect(await checkDkim(asked, { texts: () => Promise.resolve(texts(half)) })).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(said) as unknown,
  });
});
