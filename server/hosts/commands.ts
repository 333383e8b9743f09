import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { addHost as adding, editHost as editing } from '#contract/hosts.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { WatchedHost } from './WatchedHost.ts';

type NewHost = z.output<NonNullable<typeof adding.body>>;
type Change = z.output<NonNullable<typeof editing.body>>;

/** More than anybody reads in a widget, and what one worker can look at within their interval. */
const MOST = 200;
const FIELDS = ['name', 'target', 'expectedStatus', 'within', 'everySeconds', 'steady'] as const;

async function orNameTaken<T>(saving: Promise<T>): Promise<T> {
  try {
    return await saving;
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new Problem('name_taken', { fields: { name: say('Another host has this name.') } });
  }
}

/** Watches another host, from now on. @throws Problem `name_taken`, or `invalid` where there are too many */
export function addHost(em: EntityManager, actor: Actor, input: NewHost): Promise<WatchedHost> {
  return orNameTaken(
    em.transactional(async em => {
      if ((await em.count(WatchedHost)) >= MOST) throw invalid('name', say('At most {most} hosts are watched.', { most: MOST }));
      const host = em.create(WatchedHost, input);
      record(em, actor, 'host.added', { hostId: host.id, host: host.name, target: host.target });
      return host;
    }),
  );
}

/**
 * Changes what is watched; it is looked at again at once. What was known of another target is not known of this one.
 * @throws Problem `not_found`, `conflict`, `name_taken`
 */
export function editHost(em: EntityManager, actor: Actor, id: string, { version, ...wanted }: Change): Promise<WatchedHost> {
  return orNameTaken(
    em.transactional(async em => {
      const host = await em.findOne(WatchedHost, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!host) throw new Problem('not_found');
      if (host.version !== version) throw new Problem('conflict');
      const given = FIELDS.filter(field => wanted[field] !== undefined && wanted[field] !== host[field]);
      if (given.length === 0) return host;
      const changes = Object.fromEntries(given.map(field => [field, { before: host[field], after: wanted[field] }]));
      Object.assign(host, Object.fromEntries(given.map(field => [field, wanted[field]])));
      host.dueAt = await databaseNow(em);
      if (given.includes('target')) Object.assign(host, { state: 'unknown', since: null, streak: 0, streakSince: null });
      record(em, actor, 'host.edited', { hostId: id, host: host.name, changes });
      return host;
    }),
  );
}

/** Watches a host no longer; its history goes with it. @throws Problem `not_found` */
export async function deleteHost(em: EntityManager, actor: Actor, id: string): Promise<void> {
  await em.transactional(async em => {
    const host = await em.findOne(WatchedHost, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!host) throw new Problem('not_found');
    em.remove(host);
    record(em, actor, 'host.deleted', { hostId: id, host: host.name });
  });
}
