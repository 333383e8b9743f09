import type { EntityManager } from '@mikro-orm/postgresql';
import type { InEach } from '#contract/languages.ts';
import type { MessageType } from '#contract/message-types.ts';
import type { Event } from '../events/Event.ts';
import type { Tools } from '../platform/tools.ts';
import type { Plain } from '../words/say.ts';
import type { Sending } from './sending.ts';

/** Whom a mail of the product's own goes to. */
export interface Recipient {
  /** Tells recipients of one event apart, such as the invitation's id. */
  key: string;
  /** Whom it goes to, in words: an address, as a rule. */
  label: string;
  /** What it says, in a line for the delivery log. */
  about: InEach;
  /** What its reader chose to read; absent or null: as the organisation. */
  language?: string | null | undefined;
  /** What `render` needs to find everything again. Neither a token nor a text: both are made at sending. */
  target: Record<string, unknown>;
}

/** A mail ready to go. */
export interface FinishedMail {
  to: { name?: string; address: string };
  subject: string;
  html: string;
  text: string;
  /** Where its reader can switch such mails off. */
  unsubscribe?: string;
}

/** A mail that belongs to the product itself, such as an invitation's: no rule asks for it, and no rule can switch it off. */
export interface SystemMail {
  id: string;
  /**
   * For a mail to an admin, named by `target.adminId`: its kind, which roles send and people switch off. Without it the mail always
   * goes: it is about the reader's own account, or to somebody who is no admin yet.
   */
  type?: MessageType;
  /** For one with a kind: what it is called, and whom it goes to of those who want it. People read that who ask why they are sent it. */
  about?: { label: Plain; whom: Plain };
  /** The types of events that send it. */
  on: readonly string[];
  /** One of a type of event in so many minutes for each recipient: what repeats itself must not fill a mailbox. */
  atMostEvery?: number;
  /** Asked in the transaction that gives the event its number; an empty list sends nothing. */
  recipients(em: EntityManager, event: Event): Promise<Recipient[]>;
  /** Whether an event concerns an admin now, whatever they want to hear of; without it: whether they are among the recipients. */
  concerns?(em: EntityManager, event: Event, adminId: string): Promise<boolean>;
  /**
   * Writes the mail anew at each try, so that nothing usable lies in the database.
   * `suppressed`: it is of no use any more, with the reason. Done in the language of its reader.
   */
  render(em: EntityManager, tools: Tools, delivery: Sending): Promise<FinishedMail | { suppressed: InEach }>;
  /** The id of the one person who may read the keys in its links, where it is kept; without it Full Administrators may. */
  keyOf?(delivery: Sending): string;
  /** Told in the transaction that gives up on it, to write down what that means. */
  failed?(em: EntityManager, event: Event, reason: string): Promise<void>;
}

/** The mail of a delivery that is one. @throws Error for a mail that this version does not know */
export function systemMailOf(systemMails: readonly SystemMail[], delivery: Sending): SystemMail | undefined {
  if (delivery.mail === null || delivery.mail === undefined) return undefined;
  const mail = systemMails.find(({ id }) => id === delivery.mail);
  if (!mail) throw new Error(`there is no mail ${delivery.mail}`);
  return mail;
}
