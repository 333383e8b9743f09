import type { EntityManager } from '@mikro-orm/postgresql';
import { type Language, languageOf } from '#contract/languages.ts';
import type { Event } from '../events/Event.ts';
import { uuidv7 } from '../platform/db/columns.ts';
import { houseLanguage } from '../settings/queries.ts';
import { inLanguage } from '../words/say.ts';
import { Rule, type StoredTarget } from './Rule.ts';
import { evaluate } from './conditions.ts';
import { echoes } from './echoes.ts';
import { factsOf, sentenceOf } from './facts.ts';
import { listensTo } from './listening.ts';
import { pace } from './pace.ts';
import type { Collector } from './pacing.ts';
import { usableProviders } from './queries.ts';
import type { SystemMail } from './system-mail.ts';
import { targetKey } from './target-key.ts';

/** A delivery that now waits, and the lane to send it on. */
export interface PlannedDelivery {
  id: string;
  provider: string;
}

/** A delivery as it is written down. */
export interface NewDelivery {
  id: string;
  event: string;
  rule: string | null;
  mail: string | null;
  provider: string;
  target: Record<string, unknown>;
  targetKey: string;
  targetLabel: string;
  about: string;
  text: string | null;
  /** Other than at once: when quiet hours or a digest let it go; null for one that does not go by itself, with the reason. */
  dueAt?: Date | null;
  reason?: string;
  collects?: Collector;
  /** The id of the one that tells of it. */
  toldBy?: string;
}
/** A delivery that is planned because of a rule. */
export interface Match {
  rule: Rule;
  delivery: NewDelivery;
}

/** The rules that may fire, switched on and their owner able to sign in, each with those of its targets whose provider is active. */
async function liveRules(em: EntityManager): Promise<{ rule: Rule; targets: StoredTarget[] }[]> {
  const rules = await em.find(Rule, { enabled: true, deletedAt: null, owner: { disabledAt: null } }, { orderBy: { id: 'asc' } });
  const usable = await usableProviders(em);
  return rules
    .map(rule => ({ rule, targets: rule.targets.filter(({ provider }) => usable.has(provider)) }))
    .filter(({ targets }) => targets.length > 0);
}

const byRule = (event: Event, rule: Rule, { provider, target, label }: StoredTarget): NewDelivery => ({
  id: uuidv7(),
  event: event.id,
  rule: rule.id,
  mail: null,
  provider,
  target,
  targetKey: targetKey(target),
  targetLabel: label,
  about: sentenceOf(event),
  text: rule.text ?? null,
});

/** Who was sent this mail about such an event within the minutes in which one is enough. */
async function lately(em: EntityManager, { type }: Event, { id, atMostEvery }: SystemMail): Promise<string[]> {
  if (atMostEvery === undefined) return [];
  const rows = await em.execute<{ key: string }[]>(
    `select distinct d.target_key as key from delivery d join event e on e.id = d.event_id
      where d.created_at > now() - ? * interval '1 minute' and d.mail = ? and e.type = ?`,
    [atMostEvery, id, type],
  );
  return rows.map(({ key }) => key);
}

async function byMail(em: EntityManager, event: Event, mail: SystemMail, house: Language): Promise<NewDelivery[]> {
  const recipients = await mail.recipients(em, event);
  return recipients.map(({ key, label, about, language, target }) => ({
    id: uuidv7(),
    event: event.id,
    rule: null,
    mail: mail.id,
    provider: 'email',
    target,
    targetKey: `${mail.id}:${key}`,
    targetLabel: label,
    about: about[languageOf(language) ?? house],
    text: null,
  }));
}

/** The mails that events send; of those of which one is enough for a time, one for each reader. */
async function byMails(
  em: EntityManager,
  events: readonly Event[],
  systemMails: readonly SystemMail[],
  house: Language,
): Promise<NewDelivery[]> {
  const planned: NewDelivery[] = [];
  const said = new Set<string>();
  const looked = new Set<string>();
  for (const event of events) {
    for (const mail of systemMails.filter(({ on }) => on.includes(event.type))) {
      const kind = `${event.type} ${mail.id}`;
      if (!looked.has(kind)) for (const key of await lately(em, event, mail)) said.add(`${event.type} ${key}`);
      looked.add(kind);
      for (const delivery of await byMail(em, event, mail, house)) {
        const once = `${event.type} ${delivery.targetKey}`;
        if (mail.atMostEvery !== undefined && said.has(once)) continue;
        said.add(once);
        planned.push(delivery);
      }
    }
  }
  return planned;
}

/**
 * Writes down what is to be sent because of events: once for each event, rule and target, however often it is asked.
 * Belongs into the transaction that gives the events their numbers.
 * @returns what is new; what is due now is to be put on the lane of its provider under its id
 */
export async function planDeliveries(
  em: EntityManager,
  events: readonly Event[],
  systemMails: readonly SystemMail[],
): Promise<(PlannedDelivery & { due: boolean })[]> {
  const rules = await liveRules(em);
  const silent = await echoes(em, events);
  const heard = events.filter(({ id }) => !silent.has(id));
  const house = await houseLanguage(em);
  const mails = await byMails(em, heard, systemMails, house);
  const matches: Match[] = [];
  for (const event of heard) {
    const facts = factsOf(event);
    for (const { rule, targets } of rules)
      if (listensTo(rule.events, event.type) && evaluate(rule, facts).matched)
        matches.push(...targets.map(target => ({ rule, delivery: inLanguage(house, () => byRule(event, rule, target)) })));
  }
  return insertDeliveries(em, [...mails, ...(await pace(em, matches))]);
}

async function insertDeliveries(em: EntityManager, planned: readonly NewDelivery[]): Promise<(PlannedDelivery & { due: boolean })[]> {
  if (planned.length === 0) return [];
  const rows = planned.map(({ dueAt, ...row }) => ({
    ...row,
    dueAt: dueAt?.toISOString(),
    state: dueAt === null ? 'suppressed' : 'queued',
  }));
  return em.execute(
    `insert into delivery (id, event_id, rule_id, mail, provider, target, target_key, target_label, about, text, state, reason, collects, told_by_id,
                           due_at, next_try_at, finished_at)
     select id, event, rule, mail, provider, target, "targetKey", "targetLabel", about, text, state, reason, collects, "toldBy",
            case state when 'queued' then coalesce("dueAt", now()) end, coalesce("dueAt", now()), case state when 'suppressed' then now() end
       from jsonb_to_recordset(?::jsonb)
         as row(id uuid, event uuid, rule uuid, mail text, provider text, target jsonb, "targetKey" text, "targetLabel" text, about text, text text,
                state text, reason text, collects text, "toldBy" uuid, "dueAt" timestamptz)
     on conflict do nothing returning id, provider, state = 'queued' and next_try_at <= now() as due`,
    [JSON.stringify(rows)],
  );
}
