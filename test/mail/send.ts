/** Sends the invitation's mail by the product's own code to a Postfix on this machine, and reads it out of its mailbox. */
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { composeLetter } from '#server/invitations/letter.ts';
import email from '#server/notifications/providers/email.ts';
import { Outbound } from '#server/platform/outbound.ts';
import { Organisation } from '#server/settings/Organisation.ts';
import { checkSignature } from '../support/dkim.ts';

const [port = '', keyFile = '', inbox = ''] = process.argv.slice(2);
const PATIENCE = 10_000; // ms
const dkimKey = readFileSync(keyFile, 'utf8');
const id = '01a213c6-c082-7000-b2a6-2b51ca4df2a8';
const letter = {
  kind: 'invitation',
  to: 'sam.ito@northwind.example',
  inviter: 'Ana Ruiz',
  roles: ['Support Operator'],
  departments: ['Support'],
  note: 'See you on Monday.',
  expiresAt: new Date(Date.now() + 168 * 3_600_000),
} as const;
const organisation = Object.assign(new Organisation(), { name: 'Northwind', timeZone: 'Europe/Stockholm' });
const url = `https://admin.northwind.example/invitation#${'A'.repeat(43)}`;
const mail = { to: { name: 'Sam Ito', address: letter.to }, ...composeLetter(letter, organisation, url) };

const settings = {
  host: 'localhost',
  port: Number(port),
  security: 'starttls',
  fromName: 'Northwind',
  fromAddress: 'desk@northwind.example',
};
const outbound = new Outbound({ allowedPrivateHosts: [`localhost:${port}`] });
const tools = { outbound, slackApiUrl: '', smtpUrl: undefined, baseUrl: 'https://admin.northwind.example', version: '0' };
const message = { deliveryId: id, organisation: 'Northwind', title: mail.subject, text: mail.text, facts: [], footer: '', mail };
const signing = { ...settings, dkimSelector: 'desk', dkimKey };
console.log('Postfix says:', await email.send(message, signing, { address: letter.to }, tools));

/** The mail as it lies in the mailbox. */
async function received(): Promise<string> {
  for (const end = performance.now() + PATIENCE; performance.now() < end; await pause(100)) {
    const [file] = existsSync(inbox) ? readdirSync(inbox) : [];
    if (file !== undefined) return readFileSync(`${inbox}/${file}`, 'latin1').replaceAll(/\r?\n/g, '\r\n');
  }
  throw new Error('No mail came.');
}
const raw = await received();
const parsed = await PostalMime.parse(Buffer.from(raw, 'latin1'));
const { holds } = checkSignature(raw, createPublicKey(dkimKey));
console.log('In the mailbox:', {
  subject: parsed.subject,
  from: parsed.from?.address,
  messageId: parsed.messageId,
  hasText: parsed.text?.includes(url),
  hasHtml: parsed.html?.includes('Accept Invitation'),
  tls: /with ESMTPS/.test(raw),
  dkimHolds: holds,
});
