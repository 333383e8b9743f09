import type { EntityManager } from '@mikro-orm/postgresql';
import { invoice } from '#contract/events/business.ts';
import { ProjectedPayment } from './ProjectedPayment.ts';
import { type Happened, toldOf } from './happened.ts';

/** Notes the money that moved. Each event counts once: an invoice may be paid and refunded in parts. */
export async function takePayments(em: EntityManager, events: readonly Happened[]): Promise<void> {
  const rows = toldOf(events, 'invoice', invoice)
    .filter(({ verb }) => verb === 'paid' || verb === 'refunded')
    .map(({ id, verb, at, facts: { invoice, total } }) => ({
      event: id,
      at,
      currency: total.currency,
      amount: String(total.amount),
      refund: verb === 'refunded',
      invoice,
    }));
  if (rows.length > 0) await em.upsertMany(ProjectedPayment, rows, { onConflictFields: ['event'], onConflictAction: 'ignore' });
}
