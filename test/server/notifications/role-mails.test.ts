import type { EntityManager } from '@mikro-orm/postgresql';
import { beforeEach, expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { Department, DepartmentMember } from '#server/departments/Department.ts';
import { systemMails } from '#server/mails.ts';
import { Event } from '#server/events/Event.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { Rule } from '#server/notifications/Rule.ts';
import { deliver } from '#server/notifications/deliver.ts';
import { deliveryView } from '#server/notifications/delivery-view.ts';
import { Role } from '#server/roles/Role.ts';
import { someone } from '../../support/people.ts';
import { refusal } from '../../support/counterparts/slack.ts';
import { activateEmail, activateSlack, plan, someEvent, someRule, standing, test, toSlack } from './house.ts';

beforeEach<{ slack: { reset(): void }; mailbox: { reset(): void } }>(({ slack, mailbox }) => {
  slack.reset();
  mailbox.reset();
});

let made = 0;
/** Somebody of a department, who hears of its tickets. */
async function member(em: EntityManager, department: Department, zone: string | null = null): Promise<Admin> {
  const admin = await someone(em, 'dashboard.view');
  admin.timeZone = zone;
  em.create(DepartmentMember, { department, admin });
  await em.flush();
  return admin;
}
const someDepartment = (em: EntityManager): Department => em.create(Department, { name: `Support ${(made += 1)}` });
const planned = async (em: EntityManager, event: Event): Promise<Delivery[]> => {
  const ids = (await plan(em, [event], systemMails)).map(({ id }) => id);
  return em.fork().find(Delivery, { id: { $in: ids } }, { orderBy: { id: 'asc' } });
};

test('a department’s tickets are told to those of it who want them, on their own clock', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const department = someDepartment(em);
  const [hears, deaf, off, gone] = [
    await member(em, department, 'Asia/Tokyo'),
    await member(em, department),
    await member(em, department),
    await member(em, department),
  ];
  await someone(em, 'admins.view'); // of no department
  await em.nativeUpdate(DepartmentMember, { admin: deaf.id }, { ticketNotifications: false });
  await em.nativeUpdate(Admin, off.id, { messageTypesOff: ['support'] });
  await em.nativeUpdate(Admin, gone.id, { disabledAt: new Date() });
  const facts = { ticket: 'T-1', subject: 'Cannot log in', department: department.name.toUpperCase(), by: 'client' };
  const mails = await planned(em, await someEvent(em, facts, 'ticket.opened'));
  expect(mails.map(({ targetLabel }) => targetLabel)).toEqual([hears.email]);
  await deliver(em.fork(), tools, mails[0]?.id ?? '', systemMails);
  const [mail] = mailbox.mails;
  expect(mail?.to).toEqual([hears.email]);
  expect(mail?.mail.subject).toBe('Shop opened ticket T-1: Cannot log in');
  expect(mail?.mail.text).toContain('(Asia/Tokyo)');
  expect(mail?.mail.text).toContain('Support mail can be switched off under My Account.');
  const { message } = (await deliveryView(em.fork(), mails[0]?.id ?? '')) ?? {};
  expect(message?.facts).toContainEqual({ label: 'Subject', value: 'Cannot log in' }); // its link lets nobody in
  expect(await planned(em, await someEvent(em, { ticket: 'T-2' }, 'ticket.opened'))).toEqual([]);
});

test('who reads German gets it in German, with German dates; a channel hears the organisation’s language', async ({
  orm,
  owner,
  tools,
  mailbox,
  slack,
}) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  await activateSlack(em, owner, tools);
  const department = someDepartment(em);
  const [hears, asTheHouse] = [await member(em, department, 'Europe/Berlin'), await member(em, department)];
  await em.nativeUpdate(Admin, hears.id, { language: 'de' });
  const rule = await someRule(em, owner, { events: ['ticket.closed'] });
  const event = await someEvent(em, { ticket: 'T-9', department: department.name }, 'ticket.closed');
  const mails = await planned(em, event);
  for (const { id } of mails) await deliver(em.fork(), tools, id, systemMails);
  const to = (admin: Admin) => mailbox.mails.find(mail => mail.to.includes(admin.email))?.mail;
  expect(to(asTheHouse)?.subject).toBe('Shop closed ticket T-9');
  expect(to(hears)?.subject).toBe('Shop hat Ticket T-9 geschlossen');
  expect(mails.find(({ targetLabel }) => targetLabel === hears.email)?.about).toBe('Shop hat Ticket T-9 geschlossen');
  expect(to(hears)?.text).toMatch(/Es geschah am \p{L}+tag|Es geschah am Mittwoch/u);
  expect(to(hears)?.text).toMatch(/, \d+\. \p{L}+ \d{4} um \d\d:\d\d \(Europe\/Berlin\)/u);
  expect(to(hears)?.text).toContain(`Abteilung: ${department.name}`);
  expect(to(hears)?.html).toContain('<html lang="de">');
  expect(JSON.stringify(slack.posts)).toContain('closed ticket T-9');

  await em.execute(`update organisation set language = 'de'`);
  const [again] = (await plan(em, [await someEvent(em, { ticket: 'T-10' }, 'ticket.closed')])).slice(-1);
  await deliver(em.fork(), tools, again?.id ?? '', systemMails);
  expect(JSON.stringify(slack.posts)).toContain('hat Ticket T-10 geschlossen');
  expect(JSON.stringify(slack.posts)).toContain(`Gesendet von der Regel „${rule.name}“`);
  await em.execute(`update organisation set language = 'en'`);
  await em.nativeUpdate(Rule, rule.id, { enabled: false });
});

test('choice, role, membership and status count when it is sent, not when it was planned', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const department = someDepartment(em);
  const changes: [RegExp, (admin: Admin) => Promise<unknown>][] = [
    [/switched off mails of the kind “Support”/, ({ id }) => em.nativeUpdate(Admin, id, { messageTypesOff: ['support'] })],
    [/No role of theirs sends mails/, ({ roles }) => em.nativeUpdate(Role, roles.getIdentifiers(), { messageTypes: [] })],
    [/does not hear of the department’s tickets any more/, ({ id }) => em.nativeDelete(DepartmentMember, { admin: id })],
    [/is disabled/, ({ id }) => em.nativeUpdate(Admin, id, { disabledAt: new Date() })],
  ];
  const people = [];
  for (const [why, change] of changes) people.push({ why, change, admin: await member(em, department) });
  const mails = await planned(em, await someEvent(em, { ticket: 'T-3', department: department.name }, 'ticket.closed'));
  expect(mails).toHaveLength(changes.length);
  for (const { why, change, admin } of people) {
    await change(admin);
    const id = mails.find(({ targetLabel }) => targetLabel === admin.email)?.id ?? '';
    await deliver(em.fork(), tools, id, systemMails);
    expect(await standing(em, id)).toMatchObject({ state: 'suppressed', reason: expect.stringMatching(why) as unknown });
  }
  expect(mailbox.mails).toEqual([]);
});

test('who can cure it hears of trouble once an hour, however much there is of it', async ({ orm, owner, tools, mailbox }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const [cures, watches] = [await someone(em, 'queues.view'), await someone(em, 'dashboard.view')];
  const failure = (n: number): Promise<Event> => someEvent(em, { queue: 'tidy', job: String(n), reason: 'for a test' }, 'job.failed');
  const batch = [await failure(1), await failure(2)];
  const ids = (await plan(em, batch, systemMails)).map(({ id }) => id);
  const mails = await em.fork().find(Delivery, { id: { $in: ids } });
  expect(mails.filter(({ targetLabel }) => targetLabel === cures.email)).toHaveLength(1);
  expect(mails.filter(({ targetLabel }) => targetLabel === watches.email)).toEqual([]);
  expect(await planned(em, await failure(3))).toEqual([]);
  const id = mails.find(({ targetLabel }) => targetLabel === cures.email)?.id ?? '';
  await deliver(em.fork(), tools, id, systemMails);
  expect(mailbox.mails[0]?.mail.text).toMatch(/Queues shows the job[\s\S]*within 60 minutes bring no further mail/);
  await em.execute(`update delivery set created_at = created_at - interval '61 minutes' where mail = 'trouble'`);
  expect((await planned(em, await failure(4))).map(({ targetLabel }) => targetLabel)).toContain(cures.email);
});

test('a dead channel tells its owner once, and its own failure brings nothing more', async ({ orm, owner, tools, slack }) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  await em.nativeUpdate(Rule, {}, { enabled: false });
  await em.execute(`update delivery set created_at = created_at - interval '61 minutes'`);
  await someRule(em, owner);
  await someRule(em, owner, {
    events: ['delivery.failed', 'job.failed', 'provider.paused'],
    targets: [{ ...toSlack, target: { channel: 'C000001' } }],
  });
  slack.faults.push(...Array.from({ length: 50 }, () => refusal('channel_not_found')));
  let events = await Promise.all(Array.from({ length: 5 }, () => someEvent(orm.em.fork())));
  const sizes: number[] = [];
  let since = new Date(0);
  for (let round = 0; round < 4 && events.length > 0; round += 1) {
    since = await now(em);
    const rows = await plan(em, events, systemMails);
    sizes.push(rows.length);
    for (const { id } of rows) await deliver(em.fork(), tools, id, systemMails);
    events = await em.fork().find(Event, { type: 'delivery.failed', storedAt: { $gte: since } });
  }
  // five orders; five failures told in the other channel and one mail to the owner; the failures of those, told to nobody
  expect(sizes).toEqual([5, 6, 0]);
});

async function now(em: EntityManager): Promise<Date> {
  const [row] = await em.execute<{ ms: number }[]>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms');
  return new Date(row?.ms ?? 0);
}
