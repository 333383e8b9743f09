import { defineEntity, p } from '@mikro-orm/postgresql';

const ProjectedPaymentSchema = defineEntity({
  name: 'ProjectedPayment',
  properties: {
    /** The event that told of it, so that it is counted once. */
    event: p.uuid().primary(),
    at: p.datetime(),
    currency: p.text(),
    /** Exact, as it was posted; in `currency`. */
    amount: p.decimal('string').columnType('numeric'),
    refund: p.boolean(),
    invoice: p.text(),
  },
  indexes: [
    // every sum over a time is answered by the index alone
    {
      name: 'projected_payment_sums',
      expression: 'create index "projected_payment_sums" on "projected_payment" ("at") include ("currency", "refund", "amount")',
    },
  ],
});
/** Money that came in for an invoice, or went back. A row each, since the organisation's days move with its time zone. */
export class ProjectedPayment extends ProjectedPaymentSchema.class {}
ProjectedPaymentSchema.setClass(ProjectedPayment);
