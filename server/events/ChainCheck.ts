import { defineEntity, p } from '@mikro-orm/postgresql';

const ChainCheckSchema = defineEntity({
  name: 'ChainCheck',
  properties: {
    /** Always 1: there is one chain. */
    id: p.integer().primary().autoincrement(false),
    /** The last number that held, and its hash: a chain that ends before it was cut, one that differs there was written anew. */
    seq: p.bigint('number'),
    hash: p.blob(),
    checkedAt: p.datetime(),
    /** When it was last computed from the first entry on. */
    wholeAt: p.datetime().nullable(),
    brokenSeq: p.bigint('number').nullable(),
    brokenEvent: p.uuid().nullable(),
    brokenBecause: p.text().nullable(),
  },
});
/** How far the chain of the activity log was found to hold. */
export class ChainCheck extends ChainCheckSchema.class {}
ChainCheckSchema.setClass(ChainCheck);
