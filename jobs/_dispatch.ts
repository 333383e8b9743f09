import { type Sealed, sealPending } from '#server/events/seal.ts';
import { systemMails } from '#server/mails.ts';
import { planDeliveries } from '#server/notifications/plan.ts';
import type { Tools } from '#server/platform/tools.ts';

export interface Batch {
  /** In the order of their numbers. */
  sealed: Sealed[];
  /** What is to be delivered because of them; the rows are there. */
  deliveries: { id: string; provider: string }[];
}

/** Numbers the waiting events, up to 500, and plans what is to be delivered because of them, in one transaction. */
export function dispatch({ orm }: Pick<Tools, 'orm'>): Promise<Batch> {
  return orm.em.fork().transactional(async em => {
    const sealed = await sealPending(em);
    if (sealed.length === 0) return { sealed, deliveries: [] };
    const events = sealed.map(({ event }) => event);
    return { sealed, deliveries: await planDeliveries(em, events, systemMails) };
  });
}
