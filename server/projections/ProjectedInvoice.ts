import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Heard } from './heard.ts';

const ProjectedInvoiceSchema = defineEntity({
  name: 'ProjectedInvoice',
  properties: {
    invoice: p.text().primary(),
    state: p.enum(['created', 'paid', 'refunded', 'overdue', 'cancelled']),
    client: p.text().nullable(),
    /** Null while only a refund was told of. */
    currency: p.text().nullable(),
    /** What was asked for: exact, as it was posted; in `currency`. */
    amount: p.decimal('string').columnType('numeric').nullable(),
    due: p.datetime().nullable(),
    heard: p.json<Heard>(),
  },
  indexes: [
    {
      name: 'projected_invoice_open',
      expression: `create index "projected_invoice_open" on "projected_invoice" ("due") include ("currency", "amount", "state") where "state" in ('created', 'overdue')`,
    },
  ],
});
/** What became of an invoice. */
export class ProjectedInvoice extends ProjectedInvoiceSchema.class {}
ProjectedInvoiceSchema.setClass(ProjectedInvoice);
