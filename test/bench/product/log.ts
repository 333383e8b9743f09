import type { MikroORM } from '@mikro-orm/postgresql';

/** What the log of a busy organisation is made of: by far most comes from programs. */
const TYPES = [
  'order.placed',
  'order.placed',
  'ticket.opened',
  'ticket.replied',
  'invoice.paid',
  'session.started',
  'admin.edited',
  'role.edited',
];
const ACTORS = 50;
const ADDRESSES = 500;
const SESSIONS = 2000;
const OBJECTS = 5000;
const EVERY_SECONDS = 60;
/** One statement may take only so long. */
const AT_ONCE = 10_000;

/** The nth of invented ids. */
const idOf = (kind: number, nth: string): string => `('0193a000-000${kind}-7000-8000-' || lpad(to_hex(${nth}), 12, '0'))::uuid`;

/** Some of what the log then holds, to narrow it by. */
export const SOME = {
  actor: '0193a000-0001-7000-8000-000000000007',
  session: '0193a000-0002-7000-8000-000000000007',
  object: '0193a000-0003-7000-8000-000000000007',
  address: '10.0.0.7',
} as const;

/** Fills the log with numbered events, one a minute until now. Their links are invented: nothing that is measured computes the chain. */
export async function fillLog(orm: MikroORM, count: number): Promise<void> {
  const em = orm.em.fork();
  const types = TYPES.map(type => `'${type}'`).join(', ');
  for (let from = 1; from <= count; from += AT_ONCE) {
    await em.execute(
      `insert into event (id, type, at, actor_kind, actor_id, actor_name, address, session_id, request_id, facts)
       select ${idOf(0, 'n')}, (array[${types}])[1 + n % ${TYPES.length}], now() - (? - n) * ${EVERY_SECONDS} * interval '1 second',
              'admin', ${idOf(1, `n % ${ACTORS}`)}, 'Person ' || n % ${ACTORS},
              '10.0.' || n % ${ADDRESSES} / 256 || '.' || n % ${ADDRESSES} % 256, ${idOf(2, `n % ${SESSIONS}`)}, gen_random_uuid()::text,
              jsonb_build_object('adminId', ${idOf(3, `n % ${OBJECTS}`)}, 'name', 'Person ' || n % ${OBJECTS}, 'order', 'O-' || n)
         from generate_series(?::int, ?::int) as n`,
      [count, from, Math.min(count, from + AT_ONCE - 1)],
    );
    await em.execute(
      `insert into event_seal (seq, event_id, previous_hash, hash)
       select ? - 1 + row_number() over (order by id), id, sha256(id::text::bytea), sha256(id::text::bytea) from event_pending`,
      [from],
    );
    await em.execute('delete from event_pending');
  }
  for (const table of ['event', 'event_seal', 'event_pending']) await em.execute(`vacuum analyze ${table}`);
}
