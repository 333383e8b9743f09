import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import { stampOf } from './heard.ts';

/** A business event as far as projections read it. */
export interface Happened {
  id: string;
  type: string;
  at: Date;
  facts: Record<string, unknown>;
}

const AFTER = `
  select s.seq::float8 as seq, e.id, e.type, floor(extract(epoch from e.at) * 1000)::float8 as at, e.facts
    from event_seal s join event e on e.id = s.event_id where s.seq > ? order by s.seq limit ?`;

/** Events in the order of their numbers, from the one after `after`. Read plainly: with entities it took longer than all that follows. */
export async function happenedAfter(em: EntityManager, after: number, limit: number): Promise<(Happened & { seq: number })[]> {
  const rows = await em.execute<(Omit<Happened, 'at'> & { seq: number; at: number })[]>(AFTER, [after, limit]);
  return rows.map(row => ({ ...row, at: new Date(row.at) }));
}

/** One of them, read by the catalogue: `order.placed` is the verb `placed`. */
export interface Told<F> {
  id: string;
  verb: string;
  at: Date;
  stamp: string;
  facts: F;
}

/** The events of one noun. Those whose facts are not what the catalogue asks for today count for nothing. */
export const toldOf = <F extends z.ZodType>(events: readonly Happened[], noun: string, schema: F): Told<z.output<F>>[] =>
  events
    .filter(({ type }) => type.startsWith(`${noun}.`))
    .flatMap(({ id, type, at, facts }) => {
      const { data } = schema.safeParse(facts);
      return data === undefined ? [] : [{ id, verb: type.slice(noun.length + 1), at, stamp: stampOf({ at, id }), facts: data }];
    });

/** The row of each key: one of those known, else a new one. */
export function rowsOf<Row>(keys: readonly string[], known: ReadonlyMap<string, Row>, make: (key: string) => Row): Map<string, Row> {
  return new Map([...new Set(keys)].map(key => [key, known.get(key) ?? make(key)]));
}
