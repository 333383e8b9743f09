import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActivityEntry } from '#contract/activity.ts';
import type { Event } from '../events/Event.ts';
import { presentActivity } from '../events/present.ts';
import { devicesOf } from './queries.ts';

/** Numbered events as people read them, each with the device of its login session. */
export async function presentEntries(em: EntityManager, sealed: readonly { seq: number; event: Event }[]): Promise<ActivityEntry[]> {
  const devices = await devicesOf(
    em,
    sealed.map(({ event }) => event.sessionId),
  );
  return sealed.map(({ seq, event }) => {
    const device = devices.get(event.sessionId ?? '');
    return { ...presentActivity(event, seq), ...(device === undefined ? {} : { device }) };
  });
}
