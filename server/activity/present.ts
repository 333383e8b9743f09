import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActivityEntry } from '#contract/activity.ts';
import type { Event } from '../events/Event.ts';
import { presentActivity } from '../events/present.ts';
import { devicesOf } from './queries.ts';

/** Writes numbered events as people read them, each with the device of its login session: in whatever language it is then done. */
export async function writerOf(em: EntityManager, sealed: readonly { seq: number; event: Event }[]): Promise<() => ActivityEntry[]> {
  const devices = await devicesOf(
    em,
    sealed.map(({ event }) => event.sessionId),
  );
  return () =>
    sealed.map(({ seq, event }) => {
      const device = devices.get(event.sessionId ?? '');
      return { ...presentActivity(event, seq), ...(device === undefined ? {} : { device }) };
    });
}

/** The same in the reader's language. */
export const presentEntries = async (em: EntityManager, sealed: readonly { seq: number; event: Event }[]): Promise<ActivityEntry[]> =>
  (await writerOf(em, sealed))();
