import type { SMTPServerOptions } from 'smtp-server';
import { beforeEach, expect } from 'vitest';
import type { Admin } from '#server/admins/Admin.ts';
import { Event } from '#server/events/Event.ts';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { KEPT, deliver } from '#server/notifications/deliver.ts';
import { composeMail } from '#server/notifications/mail-layout.ts';
import type { SystemMail } from '#server/notifications/system-mail.ts';
import { smtpOfUrl } from '#server/notifications/providers/_smtp.ts';
import { Outbound } from '#server/platform/outbound.ts';
import { inEach } from '#server/words/say.ts';
import { superadmin } from '../../support/people.ts';
import { MAIL_PASSWORD, type MailFault, Mailbox } from '../../support/mailbox.ts';
import { activateEmail, makeDue, oneDelivery, plan, someEvent, standing, test } from './house.ts';

beforeEach<{ mailbox: { reset(): void } }>(({ mailbox }) => mailbox.reset());

const target = { address: 'sales@northwind.example' };
const toSales = { targets: [{ provider: 'email', target, label: target.address }] };

/** A mail of the product's own, which remembers that it was given up. */
function greeting(to: { name?: string; address: string }): SystemMail & { given: string[] } {
  const given: string[] = [];
  return {
    given,
    id: 'greeting',
    on: ['order.placed'],
    recipients: () => Promise.resolve([{ key: 'k', label: to.address, about: inEach(() => 'Hello'), target: {} }]),
    render: (_em, { baseUrl }) =>
      Promise.resolve({
        to,
        subject: 'Hello\r\nBcc: evil@example.org',
        ...composeMail({ organisation: 'o', title: 'Hello', paragraphs: [], footer: baseUrl }),
      }),
    failed: (_em, event, reason) => {
      given.push(`${event.type} ${reason}`);
      return Promise.resolve();
    },
  };
}

/** The recipient of a mail that roles send. */
const roleMailTo = ({ id, email: address }: Admin) => ({ key: id, label: address, about: inEach(() => 'Hello'), target: { adminId: id } });

test('a rule’s message goes to one address, with a stable id, as HTML and as text', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const id = await oneDelivery(em, owner, { ...toSales, facts: { client: '<b>Acme</b> & Söhne' } });
  await deliver(em.fork(), tools, id, []);
  expect(await standing(em, id)).toMatchObject({ state: 'sent', outcomes: ['sent'], reason: expect.stringMatching(/^250 /) as unknown });
  const [received, ...more] = mailbox.mails;
  expect(more).toEqual([]);
  expect(received).toMatchObject({ from: 'desk@northwind.example', to: [target.address] });
  const { headers, messageId, subject, html = '', text = '', from } = received?.mail ?? { headers: [] };
  expect(messageId).toBe(`<${id}@northwind.example>`);
  expect(headers).toContainEqual(expect.objectContaining({ key: 'x-notification-id', value: id }));
  expect(from?.address).toBe('desk@northwind.example');
  expect(subject).toMatch(/^Shop placed order \d+ of <b>Acme<\/b> & Söhne: 25\.00 USD$/);
  expect(html).toContain('&lt;b&gt;Acme&lt;/b&gt; &amp; Söhne');
  expect(text).toContain('Client: <b>Acme</b> & Söhne');
  expect(text).toContain('Sent by the rule “Orders to sales”');
});

test.for(['a\r\nBcc: evil@example.org\r\n', 'x\nSubject: y\n\nbody', 'a\u0001b', '=?utf-8?q?Bcc=3A?='])(
  'no title adds a header: %j',
  async (title, { orm, owner, tools, mailbox }) => {
    const em = orm.em.fork();
    await activateEmail(em, owner, tools, mailbox);
    const id = await oneDelivery(em, owner, { ...toSales, facts: { client: title } });
    await deliver(em.fork(), tools, id, []);
    const [received] = mailbox.mails;
    expect(received?.to).toEqual([target.address]);
    expect(received?.mail.headers.map(({ key }) => key).toSorted()).toEqual(
      ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to', 'x-notification-id'].toSorted(),
    );
  },
);

test('a mail of the product’s own is rendered at sending and reaches its one recipient, whatever they are called', async ({
  orm,
  owner,
  tools,
  mailbox,
}) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const mail = greeting({ name: 'Eve <evil@example.org>, "x', address: 'eve@northwind.example' });
  const planned = await plan(em, [await someEvent(em)], [mail]);
  const id = planned.find(({ provider }) => provider === 'email')?.id ?? '';
  await deliver(em.fork(), tools, id, [mail]);
  expect(mailbox.mails.map(({ to }) => to)).toEqual([['eve@northwind.example']]);
  expect(mailbox.mails[0]?.mail.to).toEqual([{ name: 'Eve <evil@example.org>, "x', address: 'eve@northwind.example' }]);
});

const temporary: MailFault[] = (['connect', 'from', 'recipient', 'data'] as const).flatMap(stage =>
  [421, 450, 451, 452].map(code => ({ stage, code })),
);
test.for(temporary)('$code at $stage is tried again under the same Message-ID', async (fault, { orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const id = await oneDelivery(em, owner, toSales);
  mailbox.faults.push(fault);
  await deliver(em.fork(), tools, id, []);
  expect(await standing(em, id)).toMatchObject({
    state: 'retrying',
    tries: 1,
    reason: expect.stringContaining(`${fault.code}`) as unknown,
  });
  await makeDue(em, id);
  await deliver(em.fork(), tools, id, []);
  expect(mailbox.mails.map(({ mail }) => mail.messageId)).toEqual([`<${id}@northwind.example>`]);
  expect(await standing(em, id)).toMatchObject({ state: 'sent', outcomes: ['retry', 'sent'] });
});

test.for([
  { stage: 'from', code: 550 },
  { stage: 'recipient', code: 550 },
  { stage: 'recipient', code: 553 },
  { stage: 'data', code: 552 },
  { stage: 'data', code: 554 },
] as MailFault[])('$code at $stage is final, and the room that wrote the mail is told', async (fault, { orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const mail = greeting({ address: 'eve@northwind.example' });
  const planned = await plan(em, [await someEvent(em)], [mail]);
  const id = planned.find(({ provider }) => provider === 'email')?.id ?? '';
  mailbox.faults.push(fault);
  await deliver(em.fork(), tools, id, [mail]);
  const { state, reason } = await standing(em, id);
  expect({ state, reason }).toEqual({ state: 'failed', reason: expect.stringContaining(`${fault.code}`) as unknown });
  expect(mail.given).toEqual([`order.placed ${reason}`]);
  expect(await em.count(Event, { type: 'delivery.failed', facts: { deliveryId: id } })).toBe(1);
  expect(mailbox.mails).toEqual([]);
});

test('what roles send says where to switch it off; what the account needs does not', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const reader = await superadmin(em);
  for (const mail of [
    greeting({ address: 'eve@northwind.example' }),
    { ...greeting({ address: reader.email }), type: 'system' as const, recipients: () => Promise.resolve([roleMailTo(reader)]) },
  ]) {
    const planned = await plan(em, [await someEvent(em)], [mail]);
    const id = planned.find(({ provider }) => provider === 'email')?.id ?? '';
    await deliver(em.fork(), tools, id, [mail]);
  }
  expect(mailbox.mails.map(({ mail }) => mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value)).toEqual([
    undefined,
    '<https://admin.northwind.example/account/notifications>',
  ]);
});

test('a connection that ends after the mail was taken means a repeat, with the same id', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const id = await oneDelivery(em, owner, toSales);
  mailbox.faults.push({ stage: 'data', code: 451, cut: true });
  await deliver(em.fork(), tools, id, []);
  await makeDue(em, id);
  await deliver(em.fork(), tools, id, []);
  expect(mailbox.mails.map(({ mail }) => mail.messageId)).toEqual(Array(2).fill(`<${id}@northwind.example>`));
});

test('a refused password pauses the provider; its own words are kept without the password', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const id = await oneDelivery(em, owner, toSales);
  mailbox.faults.push({ stage: 'auth', code: 535, words: `no ${MAIL_PASSWORD} nor ${Buffer.from(MAIL_PASSWORD).toString('base64')}` });
  await deliver(em.fork(), tools, id, []);
  const { state, tries, reason, attempts } = await standing(em, id);
  expect({ state, tries }).toEqual({ state: 'retrying', tries: 0 });
  expect(reason).toContain('no [secret] nor [secret]');
  const { pausedBecause, lastFailure } = await em.fork().findOneOrFail(ProviderActivation, 'email');
  for (const kept of [reason, pausedBecause, lastFailure, attempts[0]?.answer])
    expect(kept).not.toMatch(new RegExp(`${MAIL_PASSWORD}|${Buffer.from(MAIL_PASSWORD).toString('base64')}`));
  expect(pausedBecause).toMatch(/^The mail server refused the user name or password/);
});

test('without a mail server mails are kept; from the environment’s server they go out', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await em.nativeDelete(ProviderActivation, { id: 'email' });
  const kept = await oneDelivery(em, owner, toSales);
  await deliver(em.fork(), tools, kept, []);
  expect(await standing(em, kept)).toMatchObject({ state: 'suppressed', reason: KEPT, outcomes: ['suppressed'] });
  const sent = await oneDelivery(em, owner, toSales);
  await deliver(em.fork(), { ...tools, smtpUrl: mailbox.url }, sent, []);
  expect(await standing(em, sent)).toMatchObject({ state: 'sent' });
  expect(mailbox.mails[0]?.from).toBe('quarterdeck@admin.northwind.example');
});

test.for([
  ['a server that offers no TLS', { disabledCommands: ['STARTTLS'] }],
  ['a certificate that nobody signed', { hideSTARTTLS: false }],
] as [string, SMTPServerOptions][])('nothing is said in clear to %s', async ([, options], { orm, owner, tools }) => {
  const em = orm.em.fork();
  const server = await new Mailbox(options).start();
  try {
    await activateEmail(em, owner, tools, server);
    await em.execute(`update provider_activation set settings = settings || '{"security":"starttls"}' where id = 'email'`);
    const outbound = new Outbound({ allowedPrivateHosts: [`127.0.0.1:${server.port}`] });
    const id = await oneDelivery(em, owner, toSales);
    await deliver(em.fork(), { ...tools, outbound }, id, []);
    expect(await standing(em, id)).toMatchObject({
      state: 'retrying',
      reason: expect.stringMatching(/^No protected connection/) as unknown,
    });
    expect(server.mails).toEqual([]);
  } finally {
    await server.stop();
  }
});

test('a mail server’s URL is read as operators write it', () => {
  const base = 'https://admin.northwind.example';
  expect(smtpOfUrl('smtp://localhost:1025', base)).toEqual({
    host: 'localhost',
    port: 1025,
    security: 'none',
    fromAddress: 'quarterdeck@admin.northwind.example',
  });
  expect(smtpOfUrl('smtps://a%40b:p%2Fw@mail.example.org?from=desk@example.org', base)).toEqual({
    host: 'mail.example.org',
    port: 465,
    security: 'tls',
    user: 'a@b',
    password: 'p/w',
    fromAddress: 'desk@example.org',
  });
  expect(smtpOfUrl('smtp://mail.example.org', 'http://127.0.0.1:3000')).toMatchObject({
    port: 587,
    security: 'starttls',
    fromAddress: 'quarterdeck@localhost',
  });
  expect(smtpOfUrl('smtp://mailpit:1025?tls=no', base)).toMatchObject({ security: 'none' });
});
