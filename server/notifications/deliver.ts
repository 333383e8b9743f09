import type { EntityManager } from '@mikro-orm/postgresql';
import { type InEach, type Language, languageOf } from '#contract/languages.ts';
import { Admin } from '../admins/Admin.ts';
import { unwantedBecause } from '../admins/message-types.ts';
import type { Tools } from '../platform/tools.ts';
import { houseLanguage } from '../settings/queries.ts';
import { inLanguage, later, say } from '../words/say.ts';
import { announceLoaded } from './announce.ts';
import { exampleOf } from './catalogue.ts';
import { type Happening, linkOf } from './facts.ts';
import { sayingOfGathered } from './gathered.ts';
import { listensTo } from './listening.ts';
import { mark } from './mark.ts';
import { type Said, framed, sayingOf } from './message.ts';
import { type Outcome, outcomeOf, shown } from './outcome.ts';
import { providers } from './providers/_all.ts';
import type { Message } from './providers/_provider.ts';
import { type DueSending, type Sending, sendingOf } from './sending.ts';
import { usableSettings } from './stored-settings.ts';
import { type FinishedMail, type SystemMail, systemMailOf } from './system-mail.ts';
import { type Claim, keep, take } from './take.ts';

/** Why a mail waits in the product. Those who may can read it there, and send it once a server is set. */
export const KEPT = later('Kept in Quarterdeck: no mail server is set.');

/** The page on which people switch kinds of mail off for themselves. */
const OWN_CHOICE = '/account/notifications';

interface Tried {
  outcome: Outcome;
  /** What must not be shown of the answer. */
  secrets: readonly string[];
}
const suppressed = (reason: string): Tried => ({ outcome: { kind: 'suppressed', reason }, secrets: [] });

/** Why it must not be sent any more; undefined when it may. Whoever tests a rule means it, whatever its switch says. */
function barred({ rule, test }: Sending): string | undefined {
  if (!rule) return undefined;
  if (rule.owner.disabledAt) return say('{name}, who made the rule, is disabled.', { name: rule.owner.name });
  if (test) return undefined;
  if (rule.deletedAt) return say('The rule was deleted before it was sent.');
  return rule.enabled ? undefined : say('The rule was switched off before it was sent.');
}

/** What the message speaks of: the event, or for a test without one an example. */
function happeningOf({ event, rule, test }: Sending): Happening {
  const [type] = rule?.events ?? [];
  return test && type !== undefined && !listensTo(rule?.events ?? [], event.type) ? exampleOf(type) : event;
}

/** A mail of the product's own as a message: whatever lays it out has done so. */
const ofMail = (delivery: Sending, mail: FinishedMail): Message => ({
  deliveryId: delivery.id,
  organisation: '',
  title: mail.subject,
  text: mail.text,
  facts: [],
  footer: '',
  mail,
});

/** The language of whoever gets a mail of the product's own: their choice, where they are an admin, else the organisation's. */
async function readersLanguage(em: EntityManager, { target }: Sending): Promise<Language> {
  const { adminId } = target;
  const reader = typeof adminId === 'string' ? await em.fork().findOne(Admin, adminId, { fields: ['language'] }) : null;
  return languageOf(reader?.language) ?? houseLanguage(em);
}

/** Writes the message anew: neither a token nor a text waits in the database. */
export async function messageOf(
  em: EntityManager,
  tools: Tools,
  delivery: DueSending,
  systemMails: readonly SystemMail[],
): Promise<Message | { suppressed: InEach }> {
  const kind = systemMailOf(systemMails, delivery);
  const unwanted = kind?.type && (await unwantedBecause(em, String(delivery.target['adminId']), kind.type));
  if (unwanted !== undefined) return { suppressed: unwanted };
  const mail = kind && (await inLanguage(await readersLanguage(em, delivery), () => kind.render(em, tools, delivery)));
  if (mail) {
    if ('suppressed' in mail) return mail;
    return ofMail(delivery, kind?.type ? { ...mail, unsubscribe: `${tools.baseUrl}${OWN_CHOICE}` } : mail);
  }
  return inLanguage(await houseLanguage(em), () => ofRule(em, tools, delivery));
}

/** What a rule sends goes to a channel, not to a reader: it is in the organisation's language. */
async function ofRule(em: EntityManager, tools: Tools, delivery: DueSending): Promise<Message> {
  const { id, test, rule, collects } = delivery;
  if (!rule) throw new Error(`delivery ${id} has neither a rule nor a mail`);
  const happening = collects ? undefined : happeningOf(delivery);
  const link = happening ? linkFor(delivery, happening) : `/notifications/log?toldBy=${id}`;
  const by = { name: rule.name, owner: rule.owner.name };
  return framed(em, tools, await sayingOfDelivery(em, delivery), { id, test, link, rule: by, happening });
}

/** Where what it speaks of can be looked at; what has no page of its own stands in the activity log. */
const linkFor = ({ event, seq }: DueSending, happening: Happening): string | undefined =>
  linkOf(happening) ?? (happening === event && seq !== null ? `/activity?entry=${seq}` : undefined);

/** What a rule's delivery says: about its event, or about all that it gathered. */
export async function sayingOfDelivery(em: EntityManager, delivery: Sending): Promise<Said> {
  if (delivery.collects) return sayingOfGathered(em, delivery);
  const { text = null, test } = delivery;
  return sayingOf(happeningOf(delivery), { text, test });
}

async function attempt(em: EntityManager, tools: Tools, delivery: DueSending, systemMails: readonly SystemMail[]): Promise<Tried> {
  const reason = barred(delivery);
  if (reason !== undefined) return suppressed(reason);
  const provider = providers.get(delivery.provider);
  if (!provider)
    return {
      outcome: { kind: 'failed', reason: say('There is no provider {provider} any more.', { provider: delivery.provider }) },
      secrets: [],
    };
  const usable = await usableSettings(em, provider, tools);
  const message = await messageOf(em, tools, delivery, systemMails);
  if ('suppressed' in message) return suppressed(message.suppressed.en);
  if (!usable) return suppressed(provider.embedded === undefined ? say('{provider} is not active.', { provider: provider.label }) : KEPT);
  const { settings, secrets } = usable;
  try {
    // a mail of the product's own knows itself whom it goes to
    const target = message.mail ? { address: message.mail.to.address } : delivery.target;
    return { outcome: { kind: 'sent', answer: await provider.send(message, settings, target, tools) }, secrets };
  } catch (error) {
    return { outcome: outcomeOf(error), secrets };
  }
}

/** Takes secrets out of what people will read. */
function cleaned({ outcome, secrets }: Tried): Outcome {
  if (outcome.kind === 'sent') return { ...outcome, answer: shown(outcome.answer, secrets) };
  return { ...outcome, reason: shown(outcome.reason, secrets) };
}

/** Tries once, under a claim that is kept alive meanwhile. Failures of our own are outcomes too. */
async function tryOnce(
  em: EntityManager,
  tools: Tools,
  { claim, delivery }: { claim: Claim; delivery: DueSending },
  systemMails: readonly SystemMail[],
): Promise<Outcome> {
  const letGo = keep(em, claim, tools.log);
  try {
    return cleaned(await attempt(em, tools, delivery, systemMails));
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome.kind === 'retry') tools.log.error({ err: error, delivery: delivery.id }, 'deliver: the try failed in the product itself');
    return outcome;
  } finally {
    letGo();
  }
}

/**
 * Sends one delivery if it is due: claims it, talks to the provider outside of any transaction, marks what came of it.
 * Never throws for what a provider does. Dull to run twice.
 */
export async function deliver(em: EntityManager, tools: Tools, id: string, systemMails: readonly SystemMail[]): Promise<void> {
  const claim = await take(em, id);
  if (!claim) return;
  const began = performance.now();
  const delivery = await sendingOf(em, id);
  announceLoaded(tools, delivery);
  const outcome = await tryOnce(em, tools, { claim, delivery }, systemMails);
  const answer = outcome.kind === 'sent' ? outcome.answer : outcome.reason;
  const durationMs = Math.round(performance.now() - began);
  const standing = await mark(em, { ...claim, provider: delivery.provider }, outcome, { durationMs, answer, systemMails });
  if (standing) announceLoaded(tools, delivery, standing);
  else tools.log.warn({ delivery: id, outcome: outcome.kind }, 'deliver: lease lost, another worker has taken over');
}
