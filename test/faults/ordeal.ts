import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { dispatch } from '#jobs/_dispatch.ts';
import { ingest } from '#server/events/ingest.ts';
import { Rule } from '#server/notifications/Rule.ts';
import { enqueue } from '#server/notifications/enqueue.ts';
import type { Actor } from '#server/platform/actor.ts';
import { activateEmail, activateSlack, activateWebhook, someRule } from '../server/notifications/house.ts';
import type { Chaos, Crew } from './crew.ts';
import type { Site } from './site.ts';

/** What a fault does to deliveries that are under way. */
export interface Ordeal {
  name: string;
  provider: 'webhook' | 'slack' | 'email';
  /** A second copy may come: something ends between the service's yes and our mark. */
  mayRepeat: boolean;
  workers?: number;
  chaos?: (count: number) => Chaos;
  /** Tells the counterparts how to go wrong. */
  prepare?: (site: Site, count: number) => Promise<void> | void;
  /** What happens meanwhile. */
  during?: (site: Site, progress: () => Promise<Progress>) => Promise<void>;
  /** Every job waits in the queue so many times. */
  copies?: number;
  /** What fails for good is sent again by a person. */
  replays?: boolean;
}

export interface Progress {
  total: number;
  sent: number;
  failed: number;
  retried: number;
}

export interface Tally {
  ordeal: string;
  deliveries: number;
  /** Events of which no message came, and deliveries that never ended. */
  lost: number;
  /** Messages beyond the first of each. */
  repeats: number;
  /** Repeats under another id than the first. */
  strangers: number;
  deaths: number;
  seconds: number;
}

const SHOP: Actor = { kind: 'key', id: randomUUID(), name: 'Shop', permissions: new Set(['events.write']), superadmin: false };
const AT_ONCE = 1000;
const LOOK_EVERY = 300; // ms
const TARGETS = { webhook: {}, slack: { channel: 'C000000' }, email: { address: 'sales@northwind.example' } };
let runs = 0;

/** Records so many orders, numbered, as a shop posts them. */
async function placeOrders({ orm }: Site, run: number, count: number): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const posted = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => ({
      id: randomUUID(),
      type: 'order.placed',
      facts: { order: `${run}x${from + at}x`, client: 'Acme', total: { amount: 25, currency: 'USD' } },
    }));
    const { refused } = await ingest(orm.em.fork(), SHOP, posted);
    if (refused.length > 0) throw new Error(JSON.stringify(refused[0]));
  }
}

/** What the counterparts took of this run: which order, under which id. */
function taken({ receiver, slack, mailbox }: Site, run: number): { order: string; id: string }[] {
  const all = [
    ...receiver.hooks.map(({ id, payload }) => ({ id, said: JSON.stringify(payload) })),
    ...slack.posts.map(({ metadata, text }) => ({ id: metadata.event_payload.delivery_id, said: text })),
    ...mailbox.mails.map(({ mail }) => ({ id: /^<(.+)@/.exec(mail.messageId ?? '')?.[1] ?? '', said: mail.subject ?? '' })),
  ];
  return all.flatMap(({ id, said }) => {
    const [order] = new RegExp(`\\b${run}x\\d+x`).exec(said) ?? [];
    return order === undefined ? [] : [{ id, order }];
  });
}

/** Whether the database answers just now; while it restarts nobody can tell. */
async function progressOf({ orm }: Site, rule: string): Promise<Progress> {
  const [row] = await orm.em.fork().execute<Progress[]>(
    `select count(*)::int as total, count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'failed')::int as failed,
            count(*) filter (where state = 'retrying')::int as retried from delivery where rule_id = ?`,
    [rule],
  );
  return row ?? { total: 0, sent: 0, failed: 0, retried: 0 };
}

/** Lets hours pass for what waits to be tried again. */
const passTime = ({ orm }: Site): Promise<unknown> =>
  orm.em.fork().execute(`update delivery set next_try_at = now() where state = 'retrying' and next_try_at > now()`);
/** As a person sends again what was given up. */
const replay = ({ orm }: Site, rule: string): Promise<unknown> =>
  orm.em
    .fork()
    .execute(
      `update delivery set state = 'queued', reason = null, tries = 0, next_try_at = now(), finished_at = null where rule_id = ? and state = 'failed'`,
      [rule],
    );

interface Run {
  ordeal: Ordeal;
  rule: string;
  count: number;
  until: number;
}

/** Waits until each delivery has ended, or the time is up. */
async function settle(site: Site, { ordeal, rule, count, until }: Run): Promise<void> {
  while (performance.now() < until) {
    await pause(LOOK_EVERY);
    try {
      const { sent, failed } = await progressOf(site, rule);
      if (sent === count || (!ordeal.replays && sent + failed === count)) return;
      if (ordeal.replays) await replay(site, rule);
      await passTime(site);
    } catch {
      continue; // the database is away: that is the ordeal
    }
  }
}

async function settingUp(site: Site, ordeal: Ordeal): Promise<string> {
  const { orm, owner, opened, slack, receiver, mailbox } = site;
  for (const counterpart of [slack, receiver, mailbox]) counterpart.reset();
  const em = orm.em.fork();
  await em.nativeUpdate(Rule, {}, { enabled: false });
  await activateSlack(em, owner, opened.tools);
  await activateWebhook(em, owner, opened.tools, receiver);
  await activateEmail(em, owner, opened.tools, mailbox);
  return (await someRule(em, owner, { targets: [{ provider: ordeal.provider, target: TARGETS[ordeal.provider], label: ordeal.provider }] }))
    .id;
}

/** Every job in the queue several times, under ids of its own, so that workers meet on one delivery. */
async function queueCopies({ opened: { tools } }: Site, copies: number): Promise<void> {
  for (;;) {
    const { sealed, deliveries } = await dispatch(tools);
    if (sealed.length === 0) return;
    await enqueue(tools, deliveries);
    for (let copy = 1; copy < copies; copy++)
      for (const { id, provider } of deliveries)
        await tools.producer.add(`deliver-${provider}`, { deliveryId: id }, { id: `${id}-${copy}` });
  }
}

function tallyOf(
  site: Site,
  { run, count, progress }: { run: number; count: number; progress: Progress },
): Pick<Tally, 'lost' | 'repeats' | 'strangers'> {
  const ids = new Map<string, Set<string>>();
  const all = taken(site, run);
  for (const { order, id } of all) ids.set(order, (ids.get(order) ?? new Set()).add(id));
  const strangers = [...ids.values()].reduce((sum, { size }) => sum + size - 1, 0);
  return { lost: Math.max(count - ids.size, count - progress.sent), repeats: all.length - ids.size, strangers };
}

/** Sends so many messages through an ordeal. @param patience ms for all of it */
export async function endure(site: Site, ordeal: Ordeal, count: number, patience: number): Promise<Tally> {
  const run = ++runs;
  const began = performance.now();
  const rule = await settingUp(site, ordeal);
  await ordeal.prepare?.(site, count);
  await placeOrders(site, run, count);
  if (ordeal.copies !== undefined) await queueCopies(site, ordeal.copies);
  const crew: Crew = site.crew();
  await crew.start(ordeal.workers ?? 2, ordeal.chaos?.(count));
  try {
    await ordeal.during?.(site, () => progressOf(site, rule));
    await settle(site, { ordeal, rule, count, until: began + patience });
  } finally {
    await crew.stop();
  }
  const progress = await progressOf(site, rule);
  const seconds = (performance.now() - began) / 1000;
  const tally = {
    ordeal: ordeal.name,
    deliveries: progress.total,
    ...tallyOf(site, { run, count, progress }),
    deaths: crew.deaths,
    seconds,
  };
  if (tally.lost > 0) console.log(crew.output, progress);
  return tally;
}
