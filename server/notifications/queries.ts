import { type EntityManager, type FilterQuery, raw } from '@mikro-orm/postgresql';
import type { DeliveryState } from '#contract/deliveries.ts';
import type { RuleView } from '#contract/notifications.ts';
import { Problem } from '../platform/problem.ts';
import { Delivery } from './Delivery.ts';
import { ProviderActivation } from './ProviderActivation.ts';
import { Rule, type StoredTarget } from './Rule.ts';
import type { Happening } from './facts.ts';
import { ANY_CUSTOM } from './listening.ts';
import type { RuleFigures } from './present.ts';
import { providers, worksEmbedded } from './providers/_all.ts';

interface Paging {
  page: number;
  pageSize: number;
}
const paged = ({ page, pageSize }: Paging) => ({ limit: pageSize, offset: (page - 1) * pageSize });
/** `%` and `_` as themselves within a pattern. */
const containing = (words: string): string => `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

export interface DeliveryFilter {
  state?: DeliveryState | undefined;
  provider?: string | undefined;
  rule?: string | undefined;
  event?: string | undefined;
  toldBy?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  search?: string | undefined;
}

function narrowedBy({ state, provider, rule, event, toldBy, from, to, search }: DeliveryFilter): FilterQuery<Delivery> {
  const pattern = search === undefined || search === '' ? undefined : containing(search);
  const createdAt = { ...(from !== undefined && { $gte: new Date(from) }), ...(to !== undefined && { $lt: new Date(to) }) };
  return {
    ...(state && { state }),
    ...(provider !== undefined && { provider }),
    ...(rule !== undefined && { rule }),
    ...(event !== undefined && { event: { type: event } }),
    ...(toldBy !== undefined && { toldBy }),
    ...(Object.keys(createdAt).length > 0 && { createdAt }),
    ...(pattern !== undefined && { $or: [{ about: { $ilike: pattern } }, { targetLabel: { $ilike: pattern } }] }),
  };
}

/** The delivery log, newest first, with all that a row shows. */
export const deliveryPage = (em: EntityManager, filter: DeliveryFilter, paging: Paging): Promise<[Delivery[], number]> =>
  em.findAndCount(Delivery, narrowedBy(filter), {
    populate: ['event', 'rule'],
    orderBy: { createdAt: 'desc', id: 'desc' },
    ...paged(paging),
  });

/** The oldest that fit, at most so many, and how many fit in all. */
export async function oldestOf(em: EntityManager, filter: DeliveryFilter, most: number): Promise<{ ids: string[]; total: number }> {
  const [some, total] = await em.findAndCount(Delivery, narrowedBy(filter), {
    fields: ['id'],
    orderBy: { createdAt: 'asc', id: 'asc' },
    limit: most,
  });
  return { ids: some.map(({ id }) => id), total };
}

export interface RuleFilter {
  event?: string | undefined;
  provider?: string | undefined;
  state?: 'on' | 'off' | undefined;
}
export const rulePage = (em: EntityManager, { event, provider, state }: RuleFilter, paging: Paging): Promise<[Rule[], number]> =>
  em.findAndCount(
    Rule,
    {
      deletedAt: null,
      ...(event !== undefined && { events: { $contains: [event] } }),
      ...(provider !== undefined && { targets: { $contains: [{ provider }] } }),
      ...(state !== undefined && { enabled: state === 'on' }),
    },
    { populate: ['owner'], orderBy: [{ [raw(alias => `lower(${alias}.name)`)]: 'asc' }, { id: 'asc' }], ...paged(paging) },
  );

/** Where a rule sends. @throws Problem `not_found` */
export async function targetsOf(em: EntityManager, id: string): Promise<StoredTarget[]> {
  const rule = await em.findOne(Rule, { id, deletedAt: null }, { fields: ['targets'] });
  if (!rule) throw new Problem('not_found');
  return rule.targets;
}

/** When rules last fired, and what came of it in 7 days, by the rule's id. Tests do not count. */
export async function figuresOf(em: EntityManager, rules: readonly Rule[]): Promise<ReadonlyMap<string, RuleFigures>> {
  if (rules.length === 0) return new Map();
  const rows = await em.execute<({ rule: string } & RuleFigures)[]>(
    `select rule_id as rule, floor(extract(epoch from max(created_at)) * 1000)::float8 as "lastFiredAt",
            count(*) filter (where state = 'sent' and created_at > now() - interval '7 days')::int as sent,
            count(*) filter (where state = 'failed' and created_at > now() - interval '7 days')::int as failed
       from delivery where not test and rule_id in (?) group by rule_id`,
    [rules.map(({ id }) => id)],
  );
  return new Map(rows.map(row => [row.rule, row]));
}

/** How many of a rule's messages were sent and failed in each of the last seven times 24 hours, the oldest first, by the rule's id. */
export async function daysOf(em: EntityManager, rules: readonly Rule[]): Promise<ReadonlyMap<string, RuleView['perDay']>> {
  const days = new Map(rules.map(({ id }) => [id, Array.from({ length: 7 }, () => ({ sent: 0, failed: 0 }))]));
  if (rules.length === 0) return days;
  const rows = await em.execute<{ rule: string; ago: number; sent: number; failed: number }[]>(
    `select rule_id as rule, floor(extract(epoch from now() - created_at) / 86400)::int as ago,
            count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'failed')::int as failed
       from delivery where not test and rule_id in (?) and created_at > now() - interval '7 days' group by rule_id, ago`,
    [rules.map(({ id }) => id)],
  );
  for (const { rule, ago, ...count } of rows) days.get(rule)?.splice(6 - ago, 1, count);
  return days;
}

/** What was set up of the providers, by id. */
export async function activations(em: EntityManager): Promise<ReadonlyMap<string, ProviderActivation>> {
  const all = await em.findAll(ProviderActivation);
  return new Map(all.map(activation => [activation.id, activation]));
}

/** The providers that rules can use now: those that are set up, and those that need not be. */
export async function usableProviders(em: EntityManager): Promise<ReadonlySet<string>> {
  const active = await em.findAll(ProviderActivation, { fields: ['id'] });
  return new Set([...active.map(({ id }) => id), ...[...providers.keys()].filter(worksEmbedded)]);
}

/** What a target was called when it was last chosen for a rule; undefined when it never was. */
export async function knownLabel(em: EntityManager, { provider, target }: Omit<StoredTarget, 'label'>): Promise<string | undefined> {
  const [known] = await em.execute<{ label: string }[]>(
    `select t ->> 'label' as label from rule, jsonb_array_elements(targets) t
      where targets @> ?::jsonb and t ->> 'provider' = ? and t -> 'target' = ?::jsonb order by changed_at desc limit 1`,
    [JSON.stringify([{ provider, target }]), provider, JSON.stringify(target)],
  );
  return known?.label;
}

/** How many rules use each provider. */
export async function rulesByProvider(em: EntityManager): Promise<ReadonlyMap<string, number>> {
  const rows = await em.execute<{ provider: string; rules: number }[]>(
    `select target->>'provider' as provider, count(distinct rule.id)::int as rules
       from rule cross join jsonb_array_elements(targets) target where deleted_at is null group by 1`,
  );
  return new Map(rows.map(({ provider, rules }) => [provider, rules]));
}

export type PastEvent = Happening & { id: string; storedAt: Date };

const MOST_EVENTS = 10_000;
/** Events of the last 7 days that a rule for these types looks at, newest first, at most ten thousand. */
export async function eventsFor(em: EntityManager, types: readonly string[]): Promise<PastEvent[]> {
  const rows = await em.execute<(Omit<PastEvent, 'at' | 'storedAt'> & { at: number; storedAt: number })[]>(
    `select id, type, floor(extract(epoch from at) * 1000)::float8 as at, floor(extract(epoch from stored_at) * 1000)::float8 as "storedAt",
            actor_name as "actorName", facts from event
      where (type in (?) or ? and type like 'custom.%') and stored_at > now() - interval '7 days'
      order by stored_at desc, id desc limit ${MOST_EVENTS}`,
    [types, types.includes(ANY_CUSTOM)],
  );
  return rows.map(row => ({ ...row, at: new Date(row.at), storedAt: new Date(row.storedAt) }));
}
