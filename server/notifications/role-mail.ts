import type { EntityManager } from '@mikro-orm/postgresql';
import type { InEach } from '#contract/languages.ts';
import type { MessageType } from '#contract/message-types.ts';
import { Admin } from '../admins/Admin.ts';
import { wanting } from '../admins/message-types.ts';
import { Event, EventSeal } from '../events/Event.ts';
import { organisation } from '../settings/queries.ts';
import { inFull } from '../words/moments.ts';
import { inEach, say, sayAll } from '../words/say.ts';
import { factRows, linkOf, sentenceOf } from './facts.ts';
import { composeMail } from './mail-layout.ts';
import type { SystemMail } from './system-mail.ts';

interface Spec {
  id: string;
  type: MessageType;
  about: NonNullable<SystemMail['about']>;
  on: readonly string[];
  /** Whom an event concerns now, whatever they want to hear of; asked again when the mail is about to be sent. `roles` are loaded. */
  concerned: (em: EntityManager, event: Event) => Promise<Admin[]>;
  /** What events share that concern the same people, so that of many at once the people are asked for but once. */
  alike: (event: Event) => string;
  /** Why a person whom it concerned has no part in it any more. */
  unconcerned: (name: string) => InEach;
  /** What to do about it, in a sentence. */
  advice: (event: Event) => string;
  /** Why its reader has it, and where it can be switched off. @param to their address */
  because: (to: string) => string;
  /** One of a type of event in so many minutes for each reader, however many there are. */
  atMostEvery?: number;
}

async function pathOf(em: EntityManager, event: Event): Promise<string> {
  const own = linkOf(event);
  if (own !== undefined) return own;
  const seal = await em.findOne(EventSeal, { event: event.id }, { fields: ['seq'] });
  return seal ? `/activity?entry=${seal.seq}` : '/activity';
}

/** A mail about an event to the people whom it concerns, as their roles send it and they want it: both are read again at sending. */
export function roleMail({ id, type, about, on, concerned, alike, unconcerned, advice, because, atMostEvery }: Spec): SystemMail {
  /** Of one transaction, which plans for many events. */
  const readers = new WeakMap<EntityManager, Map<string, Promise<Admin[]>>>();
  async function readersOf(em: EntityManager, event: Event): Promise<Admin[]> {
    const people = await concerned(em, event);
    const willing = await wanting(
      em,
      type,
      people.map(({ id }) => id),
    );
    return people.filter(({ id }) => willing.has(id));
  }
  return {
    id,
    type,
    about,
    on,
    ...(atMostEvery !== undefined && { atMostEvery }),

    concerns: async (em, event, adminId) => (await concerned(em, event)).some(({ id }) => id === adminId),

    async recipients(em, event) {
      const asked = readers.get(em) ?? new Map<string, Promise<Admin[]>>();
      readers.set(em, asked);
      const people = asked.get(alike(event)) ?? readersOf(em, event);
      asked.set(alike(event), people);
      const about = inEach(() => sentenceOf(event));
      return (await people).map(({ id, email, language }) => ({ key: id, label: email, about, language, target: { adminId: id } }));
    },

    async render(em, { baseUrl }, delivery) {
      const event = await em.findOneOrFail(Event, delivery.event.id);
      const reader = await em.findOneOrFail(Admin, String(delivery.target['adminId']));
      if (reader.disabledAt) return { suppressed: sayAll('The account of {name} is disabled.', { name: reader.name }) };
      const people = await concerned(em.fork(), event);
      if (!people.some(({ id }) => id === reader.id)) return { suppressed: unconcerned(reader.name) };
      const { name, timeZone } = await organisation(em);
      const title = sentenceOf(event);
      const { html, text } = composeMail({
        organisation: name,
        title,
        paragraphs: [
          `${say('It happened on {when}.', { when: inFull(event.at, reader.timeZone ?? timeZone) })} ${advice(event)}`,
          ...(atMostEvery === undefined
            ? []
            : [
                say('More of the kind within {minutes} minutes bring no further mail; the activity log has them all.', {
                  minutes: atMostEvery,
                }),
              ]),
        ],
        facts: factRows(event),
        action: { label: say('Open'), url: new URL(await pathOf(em, event), baseUrl).href },
        footer: because(reader.email),
      });
      return { to: { name: reader.name, address: reader.email }, subject: title.replaceAll(/\s+/g, ' '), html, text };
    },
  };
}
