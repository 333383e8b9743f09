import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Heard } from './heard.ts';

const ProjectedOrderSchema = defineEntity({
  name: 'ProjectedOrder',
  properties: {
    order: p.text().primary(),
    state: p.enum(['placed', 'accepted', 'cancelled', 'marked-as-fraud']),
    stateAt: p.datetime(),
    /** Null while nobody has told that it was placed. */
    placedAt: p.datetime().nullable(),
    client: p.text().nullable(),
    currency: p.text(),
    /** Exact, as it was posted; in `currency`. */
    amount: p.decimal('string').columnType('numeric'),
    heard: p.json<Heard>(),
  },
  indexes: [{ properties: ['state', 'stateAt'] }, { properties: ['placedAt'] }],
});
/** What became of an order. */
export class ProjectedOrder extends ProjectedOrderSchema.class {}
ProjectedOrderSchema.setClass(ProjectedOrder);
