import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { keptMail, readKeptMail } from '#contract/deliveries.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import type { Tools } from '../platform/tools.ts';
import { organisation } from '../settings/queries.ts';
import { language, say } from '../words/say.ts';
import { Delivery } from './Delivery.ts';
import { KEPT, messageOf } from './deliver.ts';
import { composeMail } from './mail-layout.ts';
import type { Message } from './providers/_provider.ts';
import { type Sending, sendingOf } from './sending.ts';
import { type SystemMail, systemMailOf } from './system-mail.ts';

const WHERE = { provider: 'email', state: 'suppressed', reason: KEPT } as const;

const present = ({ id, targetLabel, about, finishedAt, createdAt }: Sending): z.infer<typeof keptMail> => ({
  deliveryId: id,
  to: targetLabel,
  subject: about,
  keptAt: (finishedAt ?? createdAt).toISOString(),
});

/** Mails that wait in the product, newest first. */
export async function keptMailPage(em: EntityManager, { page, pageSize }: { page: number; pageSize: number }) {
  const [kept, total] = await em.findAndCount(Delivery, WHERE, {
    orderBy: { createdAt: 'desc', id: 'desc' },
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  return { items: kept.map(present), total, page, pageSize };
}

/** What stands behind `#` in a link lets its reader in, with rights that the reader of this page may not have. */
const withoutKeys = (text: string): string => text.replaceAll(/(https?:\/\/[^\s#]+#)\S+/g, '$1…');

const textOf = (message: Message): string => message.mail?.text ?? composeMail({ ...message, paragraphs: [message.text] }).text;

/**
 * Opens a kept mail, written anew, and records who did. Only Full Administrators see the keys in its links, and of those that let
 * somebody into their account only that person.
 * @throws Problem `not_found`, also for one that is of no use any more
 */
export async function openKeptMail(
  em: EntityManager,
  actor: Actor,
  { id, systemMails }: { id: string; systemMails: readonly SystemMail[] },
  tools: Tools,
): Promise<z.infer<NonNullable<(typeof readKeptMail)['result']>>> {
  if ((await em.count(Delivery, { id, ...WHERE })) === 0) throw new Problem('not_found');
  const delivery = await sendingOf(em, id);
  const message = await messageOf(em, tools, delivery, systemMails);
  if ('suppressed' in message)
    throw new Problem('not_found', { detail: say('This mail is of no use any more. {why}', { why: message.suppressed[language()] }) });
  const { name } = await organisation(em);
  await em.transactional(em => Promise.resolve(record(em, actor, 'mail.kept-read', { deliveryId: id, to: delivery.targetLabel })));
  const text = textOf(message);
  const owner = systemMailOf(systemMails, delivery)?.keyOf?.(delivery);
  const mayUse = owner === undefined ? actor.superadmin : owner === actor.id;
  return { ...present(delivery), from: name, text: mayUse ? text : withoutKeys(text) };
}
