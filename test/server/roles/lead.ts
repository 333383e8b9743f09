import type { EntityManager } from '@mikro-orm/postgresql';
import { Event } from '#server/events/Event.ts';
import { test as app } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';

/** A server with an owner, and `lead`: a browser of somebody who may edit roles and do what an operator does. */
export const test = app
  .extend('em', ({ orm, owner }) => (void owner, orm.em.fork()))
  .extend('lead', async ({ em, server }) =>
    browserOf(em, await someone(em, 'roles.edit', 'dashboard.view', 'presence.view', 'overview.view'), server.url),
  );

/** What a matcher stands for, for the type checker. */
export const some = <T>(matcher: unknown): T => matcher as T;

/** The event of a type that was recorded last. */
export const newest = (em: EntityManager, type: string): Promise<Event> =>
  em.fork().findOneOrFail(Event, { type }, { orderBy: { storedAt: 'desc', id: 'desc' } });
