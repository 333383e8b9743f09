import type { EntityManager } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import type { MessageExplanation } from '#contract/access.ts';
import { explainMessageTo } from '#server/access/messages.ts';
import { topicOf } from '#server/access/topic.ts';
import { Admin } from '#server/admins/Admin.ts';
import { Department, DepartmentMember } from '#server/departments/Department.ts';
import { type Event, EventSeal } from '#server/events/Event.ts';
import { sealPending } from '#server/events/seal.ts';
import { systemMails } from '#server/mails.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { deliver } from '#server/notifications/deliver.ts';
import { Role } from '#server/roles/Role.ts';
import { inLanguage } from '#server/words/say.ts';
import { someone } from '../../support/people.ts';
import { activateEmail, activateSlack, oneDelivery, plan, someEvent, someRule, test as house } from '../notifications/house.ts';

/** What is said of a message to somebody. */
const test = house.extend('explain', ({ orm, tools }) => async (what: string, admin?: Admin): Promise<MessageExplanation> => {
  const em = orm.em.fork();
  return explainMessageTo(em, await topicOf(em, what, systemMails), admin?.id, { tools, systemMails, rules: true });
});

/** An event with its number. */
async function numbered(em: EntityManager, facts: Record<string, unknown>, type: string): Promise<{ event: Event; what: string }> {
  const event = await someEvent(em, facts, type);
  await em.fork().transactional(sealPending);
  const { seq } = await em.fork().findOneOrFail(EventSeal, { event: event.id });
  return { event, what: `event:${seq}` };
}
const hindrances = ({ messages }: MessageExplanation, at = 0): string[] =>
  (messages[at]?.now ?? []).filter(({ ok }) => !ok).map(({ text }) => text);

test('why somebody was told of a ticket, and why each of the others was not', async ({ orm, owner, tools, mailbox, explain }) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const department = em.create(Department, { name: 'Support desk' });
  const member = async (): Promise<Admin> => {
    const admin = await someone(em, 'dashboard.view');
    em.create(DepartmentMember, { department, admin });
    await em.flush();
    return admin;
  };
  const [hears, deaf, off, unsent, gone] = [await member(), await member(), await member(), await member(), await member()];
  const outsider = await someone(em, 'admins.view');
  await em.nativeUpdate(DepartmentMember, { admin: deaf.id }, { ticketNotifications: false });
  await em.nativeUpdate(Admin, off.id, { messageTypesOff: ['support'] });
  await em.nativeUpdate(Role, unsent.roles.getIdentifiers(), { messageTypes: ['system'] });
  await em.nativeUpdate(Admin, gone.id, { disabledAt: new Date() });
  const { event, what } = await numbered(em, { ticket: 'T-1', department: 'support DESK' }, 'ticket.closed');
  const [mail] = await plan(em, [event], systemMails);
  await deliver(em.fork(), tools, mail?.id ?? '', systemMails);

  const told = await explain(what, hears);
  expect(told).toMatchObject({
    person: { id: hears.id, name: hears.name },
    what: { kind: 'event', id: what, label: 'Shop closed ticket T-1' },
    lamp: 'ok',
    sentence: `${hears.name} was told of it by mail.`,
  });
  expect(told.messages).toMatchObject([
    { label: 'Mails about tickets', lamp: 'ok', sentence: `It was sent to ${hears.name}.`, deliveryId: mail?.id },
  ]);
  expect(told.messages[0]?.then).toEqual([{ ok: true, text: expect.stringMatching(/^The answer: 250 /) as unknown }]);
  expect(hindrances(told)).toEqual([]);
  expect(told.messages[0]?.now.map(({ text }) => text)).toContain(
    `It goes to those of the ticket’s department who hear of its tickets. ${hears.name} is one of them.`,
  );
  for (const [person, why] of [
    [deaf, /hear of its tickets\. .* is none of them\.$/],
    [outsider, /hear of its tickets\. .* is none of them\.$/],
    [off, /^They switched off mails of the kind “Support”\.$/],
    [unsent, /^No role of theirs sends mails of the kind “Support”\.$/],
    [gone, /^The account of .* is disabled\.$/],
  ] as const) {
    const answer = await explain(what, person);
    expect(answer).toMatchObject({
      lamp: 'idle',
      sentence: `No mail told ${person.name} of it.`,
      messages: [{ deliveryId: null, then: [] }],
    });
    expect(hindrances(answer)).toEqual([expect.stringMatching(why)]);
    // the same mail, asked for from its delivery, and the kind of mail by itself
    expect((await explain(`delivery:${mail?.id}`, person)).messages).toEqual(answer.messages);
  }
  expect(await explain('mail:ticket', off)).toMatchObject({ lamp: 'idle', sentence: `${off.name} is not sent such mails.` });
  expect(await explain('mail:ticket', hears)).toMatchObject({ lamp: 'ok' });
  const german = await inLanguage('de', () => explain(what, off));
  expect([german.what.label, german.sentence, ...hindrances(german)]).toEqual([
    'Shop hat Ticket T-1 geschlossen',
    `Keine Mail hat ${off.name} davon berichtet.`,
    'Diese Person hat Mails der Art „Support“ abgeschaltet.',
  ]);
});

test('of many failures within the hour one mail is enough, and that is said of the others', async ({
  orm,
  owner,
  tools,
  mailbox,
  explain,
}) => {
  const em = orm.em.fork();
  await activateEmail(em, owner, tools, mailbox);
  const watcher = await someone(em, 'queues.view');
  const failure = (job: string) => ({ queue: 'rebuild-widget', job, reason: 'It broke.' });
  const first = await numbered(em, failure('1'), 'job.failed');
  await plan(em, [first.event], systemMails);
  const second = await numbered(em, failure('2'), 'job.failed');
  await plan(em, [second.event], systemMails);
  expect(await explain(first.what, watcher)).toMatchObject({ lamp: 'busy', sentence: `A mail about it is on its way to ${watcher.name}.` });
  const answer = await explain(second.what, watcher);
  expect(answer.sentence).toBe(`No mail told ${watcher.name} of it.`);
  expect(hindrances(answer)).toEqual([
    expect.stringMatching(/^They were sent one about another at \d\d:\d\d, and one in 60 minutes is enough\.$/),
  ]);
});

test('what a rule sent to a channel is explained by its conditions, its pace, its switch and its provider', async ({
  orm,
  owner,
  tools,
  explain,
}) => {
  const em = orm.em.fork();
  await activateSlack(em, owner, tools);
  const id = await oneDelivery(em, owner, { conditions: [{ field: 'total', operator: 'greater', value: { amount: 1, currency: 'USD' } }] });
  const what = `delivery:${id}`;
  const answer = await explain(what);
  expect(answer).toMatchObject({ person: null, lamp: 'busy', sentence: 'It is on its way to Slack → #channel-0.' });
  expect(answer.messages[0]?.then).toEqual([{ ok: true, text: 'The rule matched. All its conditions hold.' }]);
  expect(hindrances(answer)).toEqual([]);

  await em.nativeUpdate(ProviderActivation, 'slack', { pausedAt: new Date(), pausedBecause: 'Slack answered token_revoked.' });
  expect(hindrances(await explain(what))).toEqual(['Slack is paused: Slack answered token_revoked.']);
  await em.nativeUpdate(ProviderActivation, 'slack', { pausedAt: null, heldUntil: new Date(Date.now() + 60_000) });
  expect(hindrances(await explain(what))).toEqual([expect.stringMatching(/^Slack asked to be left alone until \d\d:\d\d\.$/)]);
  await em.nativeUpdate(ProviderActivation, 'slack', { heldUntil: null });
  const delivery = await em.findOneOrFail(Delivery, id, { populate: ['rule'] });
  await em.nativeUpdate(Delivery, id, { state: 'suppressed', reason: 'It fell into quiet hours, which last until 07:00.' });
  if (delivery.rule) delivery.rule.enabled = false;
  await em.flush();
  const silent = await explain(what);
  expect(silent).toMatchObject({ lamp: 'idle', sentence: 'It was not sent to Slack → #channel-0.' });
  expect(silent.messages[0]?.then.at(-1)).toEqual({ ok: false, text: 'It fell into quiet hours, which last until 07:00.' });
  expect(hindrances(silent)).toEqual(['It is switched off.']);

  await someRule(em, owner, { name: 'Dear ones', conditions: [{ field: 'client', operator: 'is', value: 'Globex' }] });
  const order = await numbered(em, {}, 'order.placed');
  const looked = await explain(order.what, owner);
  expect(looked.messages.find(({ label }) => label === 'Dear ones')).toEqual({
    label: 'Dear ones',
    lamp: 'idle',
    sentence: 'The rule did not match.',
    then: [{ ok: false, text: 'It asks that client is Globex, but client is Acme.' }],
    now: [],
    deliveryId: null,
  });
});

test('every mail that roles send says what it is called and whom it goes to', () => {
  for (const { id, type, about } of systemMails) expect(about !== undefined, id).toBe(type !== undefined);
});
