import type { EntityManager } from '@mikro-orm/postgresql';
import type { Condition } from '#contract/notifications.ts';
import type { Pacing } from '#contract/pacing.ts';
import type { Admin } from '#server/admins/Admin.ts';
import { Event } from '#server/events/Event.ts';
import { Attempt, Delivery } from '#server/notifications/Delivery.ts';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { Rule, type StoredTarget } from '#server/notifications/Rule.ts';
import { planDeliveries } from '#server/notifications/plan.ts';
import { sealSecrets } from '#server/notifications/stored-settings.ts';
import type { SystemMail } from '#server/notifications/system-mail.ts';
import type { Tools } from '#server/platform/tools.ts';
import { createLog } from '#server/platform/log.ts';
import { openTools } from '#server/tools.ts';
import { envFor } from '../../support/app.ts';
import { FakeHipChat, HIPCHAT_TOKEN } from '../../support/counterparts/hipchat.ts';
import { FakeSlack, TOKEN } from '../../support/counterparts/slack.ts';
import { FakeReceiver, HOOK_SECRET } from '../../support/counterparts/webhook.ts';
import { MAIL_PASSWORD, MAIL_USER, type Mailbox } from '../../support/mailbox.ts';
import { furnish, someone } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';

/** A furnished database with a Slack and a mail server on loopback, and the tools that reach them. */
export const test = world
  .extend('slack', { scope: 'file' }, async ({}, { onCleanup }) => {
    const slack = await new FakeSlack().start();
    onCleanup(() => slack.stop());
    return slack;
  })
  .extend('hipchat', { scope: 'file' }, async ({}, { onCleanup }) => {
    const hipchat = await new FakeHipChat().start();
    onCleanup(() => hipchat.stop());
    return hipchat;
  })
  .extend('receiver', { scope: 'file' }, async ({}, { onCleanup }) => {
    const receiver = await new FakeReceiver().start();
    onCleanup(() => receiver.stop());
    return receiver;
  })
  .extend('environment', { scope: 'file' }, ({ slack, mailbox, hipchat, receiver }): Record<string, string> => ({
    SLACK_API_URL: slack.api,
    ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${mailbox.port},${hipchat.host},${receiver.host}`,
  }))
  .extend('tools', { scope: 'file' }, async ({ database, redisUrl, environment }, { onCleanup }): Promise<Tools> => {
    const env = envFor(database, redisUrl, environment);
    const opened = await openTools(env, createLog('silent'), 'https://admin.northwind.example');
    onCleanup(() => opened.close());
    return opened.tools;
  })
  .extend('owner', { scope: 'file' }, async ({ orm }): Promise<Admin> => {
    const em = orm.em.fork();
    await furnish(em);
    return someone(em, 'rules.edit', 'providers.edit');
  });

interface Activation {
  id: string;
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
}
/** A provider, set up without asking it. */
async function activate(em: EntityManager, owner: Admin, { secrets }: Tools, given: Activation): Promise<void> {
  await em.upsert(ProviderActivation, {
    id: given.id,
    settings: given.settings,
    secrets: sealSecrets(secrets, given.id, given.secrets),
    activatedBy: owner.id,
    pausedAt: null,
    pausedBecause: null,
    heldUntil: null,
  });
}

/** Slack, set up. */
export const activateSlack = (em: EntityManager, owner: Admin, tools: Tools): Promise<void> =>
  activate(em, owner, tools, { id: 'slack', settings: {}, secrets: { token: TOKEN } });

/** HipChat, set up. */
export const activateHipChat = (em: EntityManager, owner: Admin, tools: Tools, { url }: FakeHipChat): Promise<void> =>
  activate(em, owner, tools, { id: 'hipchat', settings: { url: url.slice(0, -1) }, secrets: { token: HIPCHAT_TOKEN } });

/** The webhook's receiver, set up. */
export const activateWebhook = (em: EntityManager, owner: Admin, tools: Tools, { url }: FakeReceiver): Promise<void> =>
  activate(em, owner, tools, { id: 'webhook', settings: { url: `${url}hooks` }, secrets: { secret: HOOK_SECRET } });

/** The mail server, set up. */
export function activateEmail(
  em: EntityManager,
  owner: Admin,
  tools: Tools,
  { port }: Mailbox,
  { dkimKey, ...more }: { dkimSelector?: string; dkimKey?: string } = {},
): Promise<void> {
  const settings = { host: '127.0.0.1', port, security: 'none', user: MAIL_USER, fromAddress: 'desk@northwind.example' };
  const secrets = { password: MAIL_PASSWORD, ...(dkimKey !== undefined && { dkimKey }) };
  return activate(em, owner, tools, { id: 'email', settings: { ...settings, ...more }, secrets });
}

/** Slack's first channel. */
export const toSlack: StoredTarget = { provider: 'slack', target: { channel: 'C000000' }, label: '#channel-0' };
export const toSales: StoredTarget = {
  provider: 'email',
  target: { address: 'sales@northwind.example' },
  label: 'sales@northwind.example',
};

interface RuleGiven {
  name?: string;
  events?: string[];
  conditions?: Condition[];
  targets?: StoredTarget[];
  text?: string | null;
  enabled?: boolean;
  pacing?: Pacing;
}
/** A rule: orders, to Slack's first channel. Stored. */
export async function someRule(em: EntityManager, owner: Admin, given: RuleGiven = {}): Promise<Rule> {
  const rule = em.create(Rule, {
    name: 'Orders to sales',
    enabled: true,
    events: ['order.placed'],
    match: 'all',
    conditions: [],
    targets: [toSlack],
    owner: owner.id,
    ...given,
  });
  await em.flush();
  return rule;
}

let orders = 1000;
/** An event, as a program posts it. Stored, without a number. */
export async function someEvent(em: EntityManager, facts: Record<string, unknown> = {}, type = 'order.placed'): Promise<Event> {
  const base = type === 'order.placed' ? { order: String(orders++), client: 'Acme', total: { amount: 25, currency: 'USD' } } : {};
  const event = em.create(Event, { type, at: new Date(), actorKind: 'key', actorName: 'Shop', facts: { ...base, ...facts } });
  await em.flush();
  return event;
}

/** What the dispatcher plans because of an event. */
export const plan = (em: EntityManager, events: Event[], systemMails: readonly SystemMail[] = []): ReturnType<typeof planDeliveries> =>
  em.fork().transactional(inner => planDeliveries(inner, events, systemMails));

/** The one delivery of a new order by a new rule. */
export async function oneDelivery(
  em: EntityManager,
  owner: Admin,
  given: RuleGiven & { facts?: Record<string, unknown> } = {},
): Promise<string> {
  const { facts, ...rule } = given;
  await em.nativeUpdate(Rule, {}, { enabled: false });
  await someRule(em, owner, rule);
  const [delivery] = await plan(em, [await someEvent(em, facts)]);
  if (!delivery) throw new Error('nothing was planned');
  return delivery.id;
}

/** How a delivery stands now, with its attempts. */
export async function standing(em: EntityManager, id: string) {
  const fresh = em.fork();
  const delivery = await fresh.findOneOrFail(Delivery, id);
  const attempts = await fresh.find(Attempt, { delivery: id }, { orderBy: { number: 'asc' } });
  return {
    state: delivery.state,
    reason: delivery.reason,
    tries: delivery.tries,
    delivery,
    outcomes: attempts.map(({ outcome }) => outcome),
    attempts,
  };
}

/** Lets the time come for which something waits. */
export async function makeDue(em: EntityManager, id?: string): Promise<void> {
  await em.execute(
    `update delivery set next_try_at = now() where state = 'retrying' ${id === undefined ? '' : 'and id = ?'}`,
    id === undefined ? [] : [id],
  );
}
