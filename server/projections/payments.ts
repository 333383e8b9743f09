import type { EntityManager } from '@mikro-orm/postgresql';
import { invoice } from '#contract/events/business.ts';
import { type Happened, toldOf } from './happened.ts';

const ADD = `
  insert into projected_payment (event, at, currency, amount, refund, invoice)
  select event, at, currency, amount, refund, invoice from jsonb_to_recordset(?::jsonb)
      as told(event uuid, at timestamptz, currency text, amount numeric, refund boolean, invoice text)
  on conflict do nothing`;

/** Notes the money that moved. Each event counts once: an invoice may be paid and refunded in parts. */
export async function takePayments(em: EntityManager, events: readonly Happened[]): Promise<void> {
  const rows = toldOf(events, 'invoice', invoice)
    .filter(({ verb }) => verb === 'paid' || verb === 'refunded')
    .map(({ id, verb, at, facts: { invoice, total } }) => ({
      event: id,
      at,
      currency: total.currency,
      amount: total.amount,
      refund: verb === 'refunded',
      invoice,
    }));
  if (rows.length > 0) await em.execute(ADD, [JSON.stringify(rows)]);
}
