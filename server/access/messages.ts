import type { EntityManager } from '@mikro-orm/postgresql';
import type { ExplainedMessage, MessageExplanation } from '#contract/access.ts';
import type { DeliveryState } from '#contract/deliveries.ts';
import type { Lamp } from '#contract/widgets.ts';
import { Admin } from '../admins/Admin.ts';
import type { Event } from '../events/Event.ts';
import { Delivery } from '../notifications/Delivery.ts';
import { providerLabel } from '../notifications/provider-label.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { type RuleVerdict, verdictsFor, verdictsOn } from '../notifications/verdicts.ts';
import { Problem } from '../platform/problem.ts';
import type { Tools } from '../platform/tools.ts';
import { say } from '../words/say.ts';
import { bad, checksOfMail, checksOfRule, checksThen, good } from './message-checks.ts';
import { type Topic, labelOf } from './topic.ts';

interface World {
  tools: Tools;
  systemMails: readonly SystemMail[];
  /** Whether the reader may see what rules did. */
  rules: boolean;
}

/** The most messages of one event that are explained. */
const MOST = 100;

const STATES: Record<DeliveryState, (to: string) => string> = {
  sent: to => say('It was sent to {to}.', { to }),
  queued: to => say('It is on its way to {to}.', { to }),
  sending: to => say('It is on its way to {to}.', { to }),
  retrying: to => say('It did not reach {to} yet, and is tried again.', { to }),
  failed: to => say('It could not be sent to {to}.', { to }),
  suppressed: to => say('It was not sent to {to}.', { to }),
};
const LAMPS: Record<DeliveryState, Lamp> = {
  sent: 'ok',
  queued: 'busy',
  sending: 'busy',
  retrying: 'warn',
  failed: 'bad',
  suppressed: 'idle',
};

/** How a delivery stands. */
function standing(delivery: Delivery, to: string): Pick<ExplainedMessage, 'lamp' | 'sentence'> {
  const state: DeliveryState = delivery.state;
  return { lamp: LAMPS[state], sentence: STATES[state](to) };
}

/** A mail of the product's own about an event, for one admin or for whoever else it is addressed to. */
async function mailMessage(
  em: EntityManager,
  { tools }: World,
  { mail, event, admin, delivery }: { mail: SystemMail | undefined; event: Event; admin: Admin | null; delivery: Delivery | undefined },
): Promise<ExplainedMessage> {
  const to = admin?.name ?? delivery?.targetLabel ?? '';
  return {
    label: mail?.about ? say(mail.about.label) : (delivery?.about ?? ''),
    ...(delivery ? standing(delivery, to) : { lamp: 'idle', sentence: say('It was not to be sent to {to}.', { to }) }),
    then: delivery ? await checksThen(em, delivery) : [],
    now: await checksOfMail(em, tools, { mail, admin, event, sent: delivery !== undefined }),
    deliveryId: delivery?.id ?? null,
  };
}

/** What a rule had sent. */
async function ruleMessage(
  em: EntityManager,
  { tools }: World,
  { verdict, delivery }: { verdict: RuleVerdict | undefined; delivery: Delivery },
): Promise<ExplainedMessage> {
  const to = `${providerLabel(delivery.provider)} → ${delivery.targetLabel}`;
  return {
    label: delivery.rule?.name ?? delivery.about,
    ...standing(delivery, to),
    then: [
      ...(verdict ? [good(say('The rule matched. {because}', { because: verdict.because }))] : []),
      ...(await checksThen(em, delivery)),
    ],
    now: await checksOfRule(em, tools, delivery),
    deliveryId: delivery.id,
  };
}

/** A rule that looked at an event and had nothing sent. */
const silentRule = ({ name, because }: RuleVerdict): ExplainedMessage => ({
  label: name,
  lamp: 'idle',
  sentence: say('The rule did not match.'),
  then: [bad(because)],
  now: [],
  deliveryId: null,
});

async function messagesOfRules(
  em: EntityManager,
  world: World,
  event: Event,
  deliveries: readonly Delivery[],
): Promise<ExplainedMessage[]> {
  const sent = deliveries.filter(({ rule }) => rule);
  const verdicts = await verdictsOn(em, event, sent);
  const explained: ExplainedMessage[] = [];
  for (const verdict of verdicts) {
    const own = sent.filter(({ rule }) => rule?.id === verdict.id);
    if (own.length === 0) explained.push(silentRule(verdict));
    for (const delivery of own) explained.push(await ruleMessage(em, world, { verdict, delivery }));
  }
  return explained;
}

async function ofEvent(
  em: EntityManager,
  world: World,
  event: Event,
  admin: Admin,
): Promise<Pick<MessageExplanation, 'lamp' | 'sentence' | 'messages'>> {
  const deliveries = await em.find(Delivery, { event }, { populate: ['event', 'rule.owner'], orderBy: { id: 'asc' }, limit: MOST });
  const theirs = await em.find(Delivery, { event, rule: null, target: { adminId: admin.id } }, { orderBy: { id: 'asc' } });
  const messages: ExplainedMessage[] = [];
  for (const mail of world.systemMails.filter(({ on }) => on.includes(event.type))) {
    const delivery = theirs.find(each => each.mail === mail.id);
    // a mail that goes to its one reader whatever they want is nothing to others
    if (delivery || mail.about) messages.push(await mailMessage(em, world, { mail, event, admin, delivery }));
  }
  const told = messages.map(({ lamp }) => lamp);
  const { name } = admin;
  const isUnderway = told.includes('busy') || told.includes('warn');
  return {
    lamp: told.includes('ok') ? 'ok' : isUnderway ? 'busy' : 'idle',
    sentence: told.includes('ok')
      ? say('{name} was told of it by mail.', { name })
      : isUnderway
        ? say('A mail about it is on its way to {name}.', { name })
        : say('No mail told {name} of it.', { name }),
    messages: [...messages, ...(world.rules ? await messagesOfRules(em, world, event, deliveries) : [])],
  };
}

async function ofDelivery(em: EntityManager, world: World, delivery: Delivery, admin: Admin | null): Promise<ExplainedMessage> {
  const { event } = delivery;
  if (delivery.rule) {
    const verdict = (await verdictsFor(em, delivery)).find(({ id }) => id === delivery.rule?.id);
    return ruleMessage(em, world, { verdict, delivery });
  }
  const mail = world.systemMails.find(({ id }) => id === delivery.mail);
  if (!admin || delivery.addressee() === admin.id) return mailMessage(em, world, { mail, event, admin, delivery });
  // the same mail, as it is for somebody else
  const [other] = await em.find(Delivery, { event, rule: null, mail: delivery.mail, target: { adminId: admin.id } }, { limit: 1 });
  return mailMessage(em, world, { mail, event, admin, delivery: other });
}

/** Whether somebody is sent a kind of mail, whatever it is about. */
async function ofMail(em: EntityManager, { tools }: World, mail: SystemMail, admin: Admin): Promise<ExplainedMessage> {
  const now = await checksOfMail(em, tools, { mail, admin, sent: false });
  const goes = now.every(({ ok }) => ok);
  const to = admin.name;
  return {
    label: mail.about ? say(mail.about.label) : mail.id,
    lamp: goes ? 'ok' : 'idle',
    sentence: goes
      ? say('{to} is sent such mails, where they are one of those concerned.', { to })
      : say('{to} is not sent such mails.', { to }),
    then: [],
    now: [...(mail.about ? [good(say(mail.about.whom))] : []), ...now],
    deliveryId: null,
  };
}

/**
 * Why a message was or was not sent, from what was written down of it and from how all stands now that it depends on.
 * @param adminId whose it is; undefined for one that goes to no admin. @throws Problem `not_found` for nobody
 */
export async function explainMessageTo(
  em: EntityManager,
  topic: Topic,
  adminId: string | undefined,
  world: World,
): Promise<MessageExplanation> {
  const admin = adminId === undefined ? null : await em.findOne(Admin, adminId);
  if (adminId !== undefined && !admin) throw new Problem('not_found');
  const what = { kind: topic.kind, id: topic.id, label: labelOf(topic) };
  const person = admin && { id: admin.id, name: admin.name };
  if (topic.kind === 'event' && admin) return { person, what, ...(await ofEvent(em, world, topic.event, admin)) };
  if (topic.kind === 'delivery') return alone(await ofDelivery(em, world, topic.delivery, admin));
  if (topic.kind === 'mail' && admin) return alone(await ofMail(em, world, topic.mail, admin));
  throw new Problem('not_found');

  function alone(message: ExplainedMessage): MessageExplanation {
    return { person, what, lamp: message.lamp, sentence: message.sentence, messages: [message] };
  }
}
