import type { EntityManager } from '@mikro-orm/postgresql';
import type { Event } from '#server/events/Event.ts';
import { record } from '#server/events/record.ts';
import { type Sealed, sealPending } from '#server/events/seal.ts';
import { systemMails } from '#server/mails.ts';
import { planDeliveries } from '#server/notifications/plan.ts';
import type { SystemMail } from '#server/notifications/system-mail.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import type { Tools } from '#server/platform/tools.ts';

type Planned = Awaited<ReturnType<typeof planDeliveries>>;

export interface Batch {
  /** In the order of their numbers. */
  sealed: Sealed[];
  /** What is to be delivered because of them; the rows are there. */
  deliveries: Planned;
}

const isOwnFailure = ({ type, facts }: Event): boolean => type === 'job.failed' && facts['queue'] === 'dispatch-events';

/**
 * Plans for all events together; when that fails, for each alone, so that one event that nothing can be planned for holds up none
 * of the others. That one failed is an event itself.
 */
async function plan(
  { log }: Pick<Tools, 'log'>,
  em: EntityManager,
  events: readonly Event[],
  mails: readonly SystemMail[],
): Promise<Planned> {
  // each in a savepoint: a failed statement must not spoil the transaction that gives the numbers
  const attempt = (some: readonly Event[]): Promise<Planned> => em.transactional(inner => planDeliveries(inner, some, mails));
  try {
    return await attempt(events);
  } catch (error) {
    log.error({ err: error, events: events.length }, 'deliveries could not be planned together, and are planned one by one');
  }
  const planned: Planned = [];
  for (const event of events) {
    try {
      planned.push(...(await attempt([event])));
    } catch (error) {
      log.error({ err: error, event: event.id }, 'no deliveries could be planned for an event');
      if (isOwnFailure(event)) continue; // or each would make the next
      const reason = error instanceof Error ? error.message : String(error);
      record(em, SYSTEM, 'job.failed', { queue: 'dispatch-events', job: event.id, reason: reason.slice(0, 500) });
      await em.flush(); // at once: the next savepoint would let go of what is only kept in memory
    }
  }
  return planned;
}

/** Numbers the waiting events, up to 500, and plans what is to be delivered because of them, in one transaction. */
export function dispatch(tools: Pick<Tools, 'orm' | 'log'>, mails: readonly SystemMail[] = systemMails): Promise<Batch> {
  return tools.orm.em.fork().transactional(async em => {
    const sealed = await sealPending(em);
    if (sealed.length === 0) return { sealed, deliveries: [] };
    const events = sealed.map(({ event }) => event);
    return { sealed, deliveries: await plan(tools, em, events, mails) };
  });
}
