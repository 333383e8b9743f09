import type { EntityManager } from '@mikro-orm/postgresql';
import { organisation } from '../settings/queries.ts';
import { dayAndTime } from '../words/moments.ts';
import { say } from '../words/say.ts';
import { Delivery } from './Delivery.ts';
import type { Said } from './message.ts';
import { filled } from './message.ts';
import type { Sending } from './sending.ts';

/** As many are named; the rest are counted. */
const NAMED = 20;

const line = ({ event, text, about }: Delivery, timeZone: string): string =>
  `${dayAndTime(event.at, timeZone)}  ${text === null || text === undefined ? about : filled(text, event).replaceAll(/\s+/g, ' ')}`;

const inDigest = (count: number): string =>
  count === 1 ? say('1 message in this digest') : say('{count} messages in this digest', { count });
const held = (count: number): string => (count === 1 ? say('1 message held') : say('{count} messages held', { count }));
const heldBeyond = (count: number, { most, minutes }: { most: number; minutes: number }): string =>
  count === 1
    ? say('1 message held: more than {most} in {minutes} min', { most, minutes })
    : say('{count} messages held: more than {most} in {minutes} min', { count, most, minutes });

/** What a summary or a digest says: how many messages it stands for, and the first of them in a line each, oldest first. */
export async function sayingOfGathered(em: EntityManager, { id, collects, rule }: Sending): Promise<Said> {
  const [those, count] = await em.findAndCount(
    Delivery,
    { toldBy: id },
    { populate: ['event'], orderBy: { createdAt: 'asc', id: 'asc' }, limit: NAMED },
  );
  const { timeZone } = await organisation(em);
  const { throttle } = rule?.pacing ?? {};
  const title = collects === 'digest' ? inDigest(count) : throttle ? heldBeyond(count, throttle) : held(count);
  const rest = count - those.length;
  const lines = [...those.map(delivery => line(delivery, timeZone)), ...(rest > 0 ? [say('… and {rest} more.', { rest })] : [])];
  return { title: rule ? `${rule.name}: ${title}` : title, text: lines.join('\n'), facts: [] };
}
