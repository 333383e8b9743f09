import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { Event } from '#server/events/Event.ts';
import type { Happened } from '#server/projections/happened.ts';
import { PROJECTED } from '#server/projections/take.ts';

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 3 });
const client = maybe(fc.constantFrom('Contoso', 'Fabrikam'));
const total = fc.record({
  amount: fc.integer({ min: 1, max: 1_000_000 }).map(cents => cents / 100),
  currency: fc.constantFrom('EUR', 'JPY'),
});
const verb = (noun: string, ...verbs: string[]): fc.Arbitrary<string> => fc.constantFrom(...verbs.map(verb => `${noun}.${verb}`));
const key = fc.constantFrom('1', '2', '3');

const ticket = fc.tuple(
  verb('ticket', 'opened', 'replied', 'replied', 'closed', 'department-changed', 'assigned'),
  fc.record({
    ticket: key,
    client,
    subject: maybe(fc.constantFrom('Slow', 'Down')),
    department: maybe(fc.constantFrom('Billing', 'Abuse')),
    by: maybe(fc.constantFrom('client', 'staff')),
  }),
);
const invoice = fc.tuple(
  verb('invoice', 'created', 'paid', 'refunded', 'overdue', 'cancelled'),
  fc.record({ invoice: key, client, total, due: maybe(fc.constantFrom('2026-02-01T00:00:00Z', '2026-03-01T00:00:00.000Z')) }),
);
const order = fc.tuple(verb('order', 'placed', 'accepted', 'cancelled', 'marked-as-fraud'), fc.record({ order: key, client, total }));
const account = fc.tuple(
  verb('client', 'added', 'updated', 'closed'),
  fc.record({ client: fc.constantFrom('Contoso', 'C-7'), name: maybe(fc.constantFrom('Contoso Ltd', 'Contoso AB')) }),
);
const other = fc.tuple(fc.constantFrom('job.failed', 'service.failed', 'order.placed'), fc.record({ service: fc.constant('s') })); // the last one does not fit

/** Business events as they might have happened, several at one moment too. */
export const history: fc.Arbitrary<Happened[]> = fc
  .array(
    fc.record({
      id: fc.uuid(),
      at: fc.integer({ min: 0, max: 12 }).map(hour => new Date(Date.UTC(2026, 0, 31, 18 + hour))),
      what: fc.oneof(ticket, invoice, order, account, other),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map(all =>
    [...new Map(all.map(each => [each.id, each])).values()].map(({ id, at, what: [type, facts] }) => ({
      id,
      type,
      at,
      facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    })),
  );

/** The order in which events happened: by time, then by id. */
export const inOrder = (events: readonly Happened[]): Happened[] =>
  events.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));

/** All rows of all projections, as text. */
export async function everything(em: EntityManager): Promise<Record<string, string[]>> {
  const tables = await Promise.all(
    PROJECTED.map(async entity => {
      const { tableName } = em.getMetadata().get(entity);
      const rows = await em.execute<{ row: string }[]>(`select t::text as row from ${tableName} t order by 1`);
      return [tableName, rows.map(({ row }) => row)] as const;
    }),
  );
  return Object.fromEntries(tables);
}

export const forget = async (em: EntityManager): Promise<void> => {
  for (const entity of PROJECTED) await em.nativeDelete(entity, {});
};

/** Puts an event into the outbox, as the API stores it. */
export const post = (em: EntityManager, type: string, facts: Record<string, unknown>, at = new Date(), id?: string): Event =>
  em.create(Event, { ...(id !== undefined && { id }), type, at, actorKind: 'key', actorName: 'Billing', facts });
