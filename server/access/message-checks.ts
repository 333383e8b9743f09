import type { EntityManager } from '@mikro-orm/postgresql';
import type { ExplainedMessage } from '#contract/access.ts';
import { heardIn } from '#contract/languages.ts';
import type { MessageType } from '#contract/message-types.ts';
import type { Admin } from '../admins/Admin.ts';
import { messageSwitches, switchedOff, unsent } from '../admins/message-types.ts';
import type { Event } from '../events/Event.ts';
import type { Delivery } from '../notifications/Delivery.ts';
import { ProviderActivation } from '../notifications/ProviderActivation.ts';
import { KEPT } from '../notifications/deliver.ts';
import { echoes } from '../notifications/echoes.ts';
import { providers } from '../notifications/providers/_all.ts';
import { Pause } from '../notifications/providers/_provider.ts';
import { usableSettings } from '../notifications/stored-settings.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { stopped } from '../notifications/verdicts.ts';
import { databaseNow } from '../platform/db/now.ts';
import type { Tools } from '../platform/tools.ts';
import { organisation } from '../settings/queries.ts';
import { clockTime, dayAndTime, listed } from '../words/moments.ts';
import { language, say, sayStored } from '../words/say.ts';

export type Check = ExplainedMessage['now'][number];
export const good = (text: string): Check => ({ ok: true, text });
export const bad = (text: string): Check => ({ ok: false, text });

const KINDS = {
  system: 'Their roles send mails of the kind “System”: {roles}.',
  account: 'Their roles send mails of the kind “Account”: {roles}.',
  support: 'Their roles send mails of the kind “Support”: {roles}.',
} as const satisfies Record<MessageType, string>;

/** Whether an account is sent mails of a kind: as its roles send them, and as it wants them. */
async function checksOfKind(em: EntityManager, admin: Admin, type: MessageType): Promise<Check[]> {
  const { roles = [], wanted = false } = (await messageSwitches(em, admin.id)).find(one => one.type === type) ?? {};
  if (roles.length === 0) return [bad(heardIn(language(), unsent(type)))];
  return [
    good(say(KINDS[type], { roles: listed(roles) })),
    wanted ? good(say('They want mails of that kind.')) : bad(heardIn(language(), switchedOff(type))),
  ];
}

/** When somebody was sent a mail about such an event so shortly before this one that it was enough. */
async function oneWasEnough(em: EntityManager, { id, atMostEvery }: SystemMail, event: Event, admin: Admin): Promise<Check[]> {
  if (atMostEvery === undefined) return [];
  const [row] = await em.execute<{ ms: number }[]>(
    `select floor(extract(epoch from d.created_at) * 1000)::float8 as ms from delivery d join event e on e.id = d.event_id
      where d.mail = ? and e.type = ? and d.target->>'adminId' = ? and d.event_id <> ?
        and d.created_at between ?::timestamptz - ? * interval '1 minute' and ?::timestamptz + interval '1 minute'
      order by d.created_at desc limit 1`,
    [id, event.type, admin.id, event.id, event.storedAt.toISOString(), atMostEvery, event.storedAt.toISOString()],
  );
  if (!row) return [];
  const { timeZone } = await organisation(em);
  return [
    bad(
      say('They were sent one about another at {time}, and one in {minutes} minutes is enough.', {
        time: clockTime(new Date(row.ms), timeZone),
        minutes: atMostEvery,
      }),
    ),
  ];
}

/** Whether an event is one for them. */
async function checksOfEvent(em: EntityManager, mail: SystemMail, event: Event, admin: Admin): Promise<Check[]> {
  if ((await echoes(em, [event])).has(event.id))
    return [bad(say('It is a failure to tell of a failure; nobody is told of that, or it would go on for ever.'))];
  const { about } = mail;
  if (!about) return [];
  const concerns = mail.concerns
    ? await mail.concerns(em, event, admin.id)
    : (await mail.recipients(em, event)).some(({ target }) => target['adminId'] === admin.id);
  const given = { whom: say(about.whom), name: admin.name };
  return [concerns ? good(say('{whom} {name} is one of them.', given)) : bad(say('{whom} {name} is none of them.', given))];
}

/** How a way out stands. */
async function checkOfProvider(em: EntityManager, id: string, tools: Tools): Promise<Check> {
  const provider = providers.get(id);
  if (!provider) return bad(say('There is no provider {provider} any more.', { provider: id }));
  const named = { provider: sayStored(provider.label) };
  const activation = await em.findOne(ProviderActivation, id);
  if (activation?.pausedAt)
    return bad(say('{provider} is paused: {reason}', { ...named, reason: sayStored(activation.pausedBecause ?? '') }));
  if (activation?.heldUntil && activation.heldUntil > (await databaseNow(em))) {
    const { timeZone } = await organisation(em);
    return bad(say('{provider} asked to be left alone until {time}.', { ...named, time: clockTime(activation.heldUntil, timeZone) }));
  }
  try {
    if (await usableSettings(em, provider, tools)) return good(say('{provider} is active.', named));
  } catch (error) {
    if (!(error instanceof Pause)) throw error;
    return bad(error.message);
  }
  return bad(provider.embedded === undefined ? say('{provider} is not active.', named) : say(KEPT));
}

/** How all stands now that a mail of the product's own depends on. @param event what it is about, where it is about one */
export async function checksOfMail(
  em: EntityManager,
  tools: Tools,
  { mail, admin, event, sent }: { mail: SystemMail | undefined; admin: Admin | null; event?: Event; sent: boolean },
): Promise<Check[]> {
  if (!admin) return [await checkOfProvider(em, 'email', tools)];
  const { name, email } = admin;
  if (admin.disabledAt) return [bad(say('The account of {name} is disabled.', { name }))];
  return [
    good(say('{name} can sign in.', { name })),
    ...(mail?.type ? await checksOfKind(em, admin, mail.type) : []),
    ...(mail && event ? await checksOfEvent(em, mail, event, admin) : []),
    ...(mail && event && !sent ? await oneWasEnough(em, mail, event, admin) : []),
    good(say('It goes to {to}.', { to: email })),
    await checkOfProvider(em, 'email', tools),
  ];
}

/** How all stands now that a rule's message depends on. Needs `rule.owner` loaded. */
export async function checksOfRule(em: EntityManager, tools: Tools, { rule, provider }: Delivery): Promise<Check[]> {
  const off = rule && stopped(rule);
  return [
    ...(off === undefined ? [good(say('Its rule is switched on.'))] : off ? [bad(off)] : []),
    await checkOfProvider(em, provider, tools),
  ];
}

/** What became of a delivery, as it says itself. */
export async function checksThen(em: EntityManager, { state, reason, collects, dueAt, createdAt }: Delivery): Promise<Check[]> {
  const said = reason === null || reason === undefined ? [] : [sayStored(reason)];
  if (state === 'sent') return said.map(answer => good(say('The answer: {answer}', { answer })));
  if (state !== 'queued') return said.map(bad);
  if (!dueAt || dueAt <= createdAt) return [];
  const { timeZone } = await organisation(em);
  const until = dayAndTime(dueAt, timeZone);
  return [bad(collects ? say('It gathers until {until}.', { until }) : say('Quiet hours hold it until {until}.', { until }))];
}
