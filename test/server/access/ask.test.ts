import { expect } from 'vitest';
import { openAsks } from '#server/access/queries.ts';
import { Event } from '#server/events/Event.ts';
import { Role } from '#server/roles/Role.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { test as base } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';
import { type Work, startWork } from '../../support/settle.ts';

const test = base.extend('work', { scope: 'file' }, async ({ database, redisUrl, owner, mailbox }, { onCleanup }): Promise<Work> => {
  await owner.call('GET /session'); // set up first
  const work = await startWork(database, redisUrl, { env: { SMTP_URL: mailbox.url }, baseUrl: 'https://admin.northwind.example' });
  onCleanup(() => work.stop());
  return work;
});

test('asking twenty times at once asks once, and mails those who can give it, nobody else', async ({ orm, server, work, mailbox }) => {
  const em = orm.em.fork();
  const priya = await someone(em, 'dashboard.view');
  await someone(em, 'admins.view', 'queues.view'); // may not give anything
  const browser = await browserOf(em, priya, server.url);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => browser.call('POST /rights/ask', { body: { permission: 'queues.view' } })),
  );
  expect(answers.filter(({ first }) => first)).toHaveLength(1);
  expect(answers.every(({ people }) => people.join() === 'Ana Ruiz')).toBe(true);
  const asked = await em.find(Event, { type: 'rights.asked-for', actorId: priya.id });
  expect(asked.map(({ facts }) => facts)).toEqual([
    { adminId: priya.id, name: priya.name, permission: 'queues.view', label: 'View queues' },
  ]);

  await work.settle();
  await expect.poll(() => mailbox.mails.length).toBe(1);
  const [mail] = mailbox.mails;
  expect(mail?.to).toEqual(['ana@northwind.example']);
  expect(mail?.mail.subject).toBe(`${priya.name} asks for the right View queues`);
  expect(mail?.mail.text).toContain(`https://admin.northwind.example/staff/${priya.id}`);
  expect(mail?.mail.text).toMatch(/Roles that grant it: Full Administrator, .*Support Operator\. /);
  expect((await openAsks(orm.em.fork())).map(({ adminId, permission }) => [adminId, permission])).toEqual([[priya.id, 'queues.view']]);

  priya.roles.add(await em.findOneOrFail(Role, { name: 'Support Operator' }));
  await em.flush();
  expect(await openAsks(orm.em.fork()), 'what was given is no longer asked for').toEqual([]);
});

test('what is held is not asked for, nor what does not exist', async ({ owner, orm, server }) => {
  expect(await owner.codeOf('POST /rights/ask', { body: { permission: 'queues.view' } })).toBe('conflict');
  const browser = await browserOf(orm.em.fork(), await someone(orm.em.fork(), 'roles.edit'), server.url);
  expect(await browser.codeOf('POST /rights/ask', { body: { permission: 'roles.view' } }), 'it comes with another').toBe('conflict');
  for (const permission of ['', 'queues', '__proto__', 'x'.repeat(101)])
    expect(await browser.codeOf('POST /rights/ask', { body: { permission } })).toBe('invalid');
});

test('no mail goes out for what was given before it leaves, or for somebody who is gone', async ({ orm, server, work, mailbox }) => {
  const em = orm.em.fork();
  const before = mailbox.mails.length;
  const [given, gone] = [await someone(em, 'dashboard.view'), await someone(em, 'dashboard.view')];
  for (const person of [given, gone])
    await (await browserOf(em, person, server.url)).call('POST /rights/ask', { body: { permission: 'activity.view' } });
  given.roles.add(await em.findOneOrFail(Role, { name: 'Support Operator' }));
  gone.disabledAt = new Date();
  await em.flush();
  await work.settle();
  const told = await em.fork().find(Delivery, { mail: 'right-asked-for', about: { $like: '%activity log%' } });
  expect(told.map(({ state, reason }) => [state, reason])).toEqual([['suppressed', `${given.name} has the right meanwhile.`]]);
  expect(mailbox.mails.length).toBe(before);
});
