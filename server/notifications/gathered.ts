import type { EntityManager } from '@mikro-orm/postgresql';
import { organisation } from '../settings/queries.ts';
import { Delivery } from './Delivery.ts';
import type { Said } from './message.ts';
import { filled } from './message.ts';
import type { Sending } from './sending.ts';

/** As many are named; the rest are counted. */
const NAMED = 20;

const line = ({ event, text, about }: Delivery, clock: Intl.DateTimeFormat): string =>
  `${clock.format(event.at)}  ${text === null || text === undefined ? about : filled(text, event).replaceAll(/\s+/g, ' ')}`;

/** What a summary or a digest says: how many messages it stands for, and the first of them in a line each, oldest first. */
export async function sayingOfGathered(em: EntityManager, { id, collects, rule }: Sending): Promise<Said> {
  const [those, count] = await em.findAndCount(
    Delivery,
    { toldBy: id },
    { populate: ['event'], orderBy: { createdAt: 'asc', id: 'asc' }, limit: NAMED },
  );
  const { timeZone } = await organisation(em);
  const clock = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', timeZone });
  const { throttle } = rule?.pacing ?? {};
  const messages = `${count} ${count === 1 ? 'message' : 'messages'}`;
  const title =
    collects === 'digest'
      ? `${messages} in this digest`
      : `${messages} held${throttle ? `: more than ${throttle.most} in ${throttle.minutes} min` : ''}`;
  const rest = count - those.length;
  const lines = [...those.map(delivery => line(delivery, clock)), ...(rest > 0 ? [`… and ${rest} more.`] : [])];
  return { title: rule ? `${rule.name}: ${title}` : title, text: lines.join('\n'), facts: [] };
}
