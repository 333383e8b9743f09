import { expect } from 'vitest';
import { test } from '../../support/by-mail.ts';
import { Caller } from '../../support/caller.ts';
import { NEXT, member } from './people.ts';

const linkIn = (text = ''): string => /https?:\/\/\S+\/reset-password#\S+/.exec(text)?.[0] ?? '';

test('a link travels by mail to the address of the account, and the change is told there too', async ({
  server,
  owner,
  orm,
  mailbox,
  work,
}) => {
  expect(owner.url).toBe(server.url);
  const person = await member(orm.em.fork());
  await new Caller(server.url).call('POST /password-resets', { body: { login: person.username } });
  await work.settle();
  const [mail, ...more] = mailbox.mails;
  expect(more).toEqual([]);
  expect(mail?.to).toEqual([person.email]);
  expect(mail?.mail.subject).toBe('Choose a new password for Northwind');
  const link = linkIn(mail?.mail.text);
  expect(link).toMatch(new RegExp(`^${server.url}/reset-password#[\\w-]{43}$`));
  expect(mail?.mail.html).toContain(link);
  expect(mail?.mail.text).toContain('127.0.0.1 asked for a new password');
  const [, token = ''] = link.split('#');
  await new Caller(server.url).call('POST /password-resets/redeem', { body: { token, password: NEXT } });
  await work.settle();
  expect(mailbox.mails.map(({ mail }) => mail.subject)).toEqual(['Choose a new password for Northwind', 'Your password was changed']);
  expect(mailbox.mails[1]?.to).toEqual([person.email]);
  expect(mailbox.mails[1]?.mail.text).not.toContain('#');
});

test('nobody gets a mail for a name that nobody has, and an odd host leads no link elsewhere', async ({
  server,
  owner,
  orm,
  mailbox,
  work,
  redis,
}) => {
  expect(owner.url).toBe(server.url);
  await redis.flushAll();
  mailbox.reset();
  await new Caller(server.url).call('POST /password-resets', { body: { login: 'nobody@northwind.example' } });
  await work.settle();
  expect(mailbox.mails).toEqual([]);

  const person = await member(orm.em.fork());
  const ODD: Record<string, string>[] = [
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-host': 'evil.example, also.example', 'x-forwarded-proto': 'https' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-host': 'evil.example' },
    { 'x-host': 'evil.example' },
    { 'x-http-host-override': 'evil.example' },
    { referer: 'https://evil.example/forgot-password' },
  ];
  for (const headers of ODD) {
    await redis.flushAll();
    mailbox.reset();
    await new Caller(server.url).call('POST /password-resets', { body: { login: person.username }, headers });
    await work.settle();
    expect(linkIn(mailbox.mails[0]?.mail.text), JSON.stringify(headers)).toMatch(new RegExp(`^${server.url}/`));
    expect(mailbox.mails[0]?.raw).not.toContain('evil.example');
  }
  const foreign = await new Caller(server.url).codeOf('POST /password-resets', {
    body: { login: 'ana' },
    headers: { origin: 'https://evil.example' },
  });
  expect(foreign).toBe('foreign_origin');
});

test('a mail whose link was replaced or used before it left is not sent', async ({ server, owner, orm, mailbox, work, redis }) => {
  expect(owner.url).toBe(server.url);
  await redis.flushAll();
  mailbox.reset();
  const person = await member(orm.em.fork());
  for (let i = 0; i < 2; i += 1) await new Caller(server.url).call('POST /password-resets', { body: { login: person.username } });
  await work.settle();
  expect(mailbox.mails).toHaveLength(1);
  const [, token = ''] = linkIn(mailbox.mails[0]?.mail.text).split('#');
  expect(await new Caller(server.url).codeOf('POST /password-resets/lookup', { body: { token } })).toBe('ok');
});
