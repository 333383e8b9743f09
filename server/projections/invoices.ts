import type { EntityManager } from '@mikro-orm/postgresql';
import { invoice } from '#contract/events/business.ts';
import { ProjectedInvoice } from './ProjectedInvoice.ts';
import { type Happened, rowsOf, toldOf } from './happened.ts';
import { hear } from './heard.ts';

const STATES = ['created', 'paid', 'refunded', 'overdue', 'cancelled'] as const;
const stateOf = (verb: string) => STATES.find(state => state === verb);

/** Follows what becomes of invoices. */
export async function takeInvoices(em: EntityManager, events: readonly Happened[]): Promise<void> {
  const told = toldOf(events, 'invoice', invoice);
  if (told.length === 0) return;
  const keys = told.map(({ facts }) => facts.invoice);
  const known = await em.find(ProjectedInvoice, { invoice: { $in: keys } });
  const rows = rowsOf(keys, new Map(known.map(row => [row.invoice, row])), key =>
    em.create(ProjectedInvoice, { invoice: key, state: 'created', heard: {} }),
  );
  for (const { verb, stamp, facts } of told) {
    const row = rows.get(facts.invoice);
    if (!row) continue;
    const { currency, amount } = facts.total;
    hear(row, { state: stateOf(verb), client: facts.client, due: facts.due === undefined ? undefined : new Date(facts.due) }, stamp);
    // what was refunded may be a part, so it says nothing about what was asked for
    if (verb !== 'refunded') hear(row, { currency, amount: String(amount) }, stamp);
  }
}
