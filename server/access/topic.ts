import type { EntityManager } from '@mikro-orm/postgresql';
import { type Event, EventSeal } from '../events/Event.ts';
import { Delivery } from '../notifications/Delivery.ts';
import { sentenceOf } from '../notifications/facts.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { invalid } from '../platform/problem.ts';
import { say } from '../words/say.ts';

/** What is asked about. */
export type Topic =
  | { kind: 'delivery'; id: string; delivery: Delivery }
  | { kind: 'event'; id: string; event: Event }
  | { kind: 'mail'; id: string; mail: SystemMail };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SEQ = /^[1-9]\d{0,15}$/;
/** What is meant by `delivery:<id>`, `event:<number>` or `mail:<id>`. @throws Problem `invalid` for what is not there */
export async function topicOf(em: EntityManager, what: string, systemMails: readonly SystemMail[]): Promise<Topic> {
  const [kind, id] = [what.slice(0, what.indexOf(':')), what.slice(what.indexOf(':') + 1)];
  const populate = ['event', 'rule.owner'] as const;
  const delivery = kind === 'delivery' && UUID.test(id) ? await em.findOne(Delivery, id, { populate }) : null;
  if (delivery) return { kind: 'delivery', id: what, delivery };
  const seal = kind === 'event' && SEQ.test(id) ? await em.findOne(EventSeal, { seq: Number(id) }, { populate: ['event'] }) : null;
  if (seal) return { kind: 'event', id: what, event: seal.event };
  const mail = kind === 'mail' ? systemMails.find(mail => mail.id === id && mail.about) : undefined;
  if (mail) return { kind: 'mail', id: what, mail };
  throw invalid('what', say('There is no such message or entry.'));
}

/** What is asked about, in words. */
export const labelOf = (topic: Topic): string => {
  switch (topic.kind) {
    case 'delivery':
      return topic.delivery.about;
    case 'event':
      return sentenceOf(topic.event);
    case 'mail':
      return topic.mail.about ? say(topic.mail.about.label) : topic.mail.id;
  }
};

/** The mails that can be asked about. */
export const allMails = (systemMails: readonly SystemMail[]): { what: string; label: string }[] =>
  systemMails.flatMap(({ id, about }) => (about ? [{ what: `mail:${id}`, label: say(about.label) }] : []));
