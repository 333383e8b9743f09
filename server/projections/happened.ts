import type { z } from 'zod';
import { stampOf } from './heard.ts';

/** A business event as far as projections read it. */
export interface Happened {
  id: string;
  type: string;
  at: Date;
  facts: Record<string, unknown>;
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
