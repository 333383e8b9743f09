import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import { verifyAudit } from '#server/console/audit.ts';
import { ChainCheck } from '#server/events/ChainCheck.ts';
import { Event, EventSeal } from '#server/events/Event.ts';
import { checkChain } from '#server/events/check-chain.ts';
import { record } from '#server/events/record.ts';
import { sealPending } from '#server/events/seal.ts';
import { verifyChain } from '#server/events/verify.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { test } from '../../support/world.ts';

async function happen(orm: MikroORM, count: number): Promise<void> {
  await orm.em.fork().transactional(async em => {
    for (let n = 0; n < count; n += 1) record(em, SYSTEM, 'job.failed', { queue: 'test', job: String(n), reason: 'for a test' });
    await em.flush();
  });
  await orm.em.fork().transactional(em => sealPending(em));
}
/** Somebody who owns the database changes history behind the product's back, with triggers and foreign keys off. */
async function tamper<T>(orm: MikroORM, sql: string[], look: (em: EntityManager) => Promise<T>): Promise<T> {
  let seen: { value: T } | undefined;
  const undone = orm.em.fork().transactional(async em => {
    await em.execute(`set local session_replication_role = replica`);
    for (const statement of sql) await em.execute(statement);
    seen = { value: await look(em) };
    throw new Error('undone again');
  });
  await expect(undone).rejects.toThrow('undone again');
  return seen?.value ?? expect.fail('nothing was looked at');
}

const swap = (table: string, column: string, a: string, b: string, cast = '') =>
  `update ${table} set ${column} = case when seq = ${a} then (select ${column} from ${table} where seq = ${b})${cast} else (select ${column} from ${table} where seq = ${a})${cast} end where seq in (${a}, ${b})`;

test.for([
  [
    'a changed fact',
    [`update event set facts = facts || '{"job":"another"}' where id = (select event_id from event_seal where seq = 5)`],
    5,
    /changed after it was sealed/,
  ],
  [
    'somebody else put in as the doer',
    [`update event set actor_name = 'Nobody' where id = (select event_id from event_seal where seq = 5)`],
    5,
    /changed after/,
  ],
  [
    'a moment moved',
    [`update event set at = at + interval '1 ms' where id = (select event_id from event_seal where seq = 5)`],
    5,
    /changed after/,
  ],
  ['a changed seal', [`update event_seal set hash = decode(repeat('00', 32), 'hex') where seq = 5`], 5, /changed after/],
  ['an entry taken out', [`delete from event_seal where seq = 5`], 5, /number is missing: after #4 comes #6/],
  [
    'an entry taken out and the rest moved up',
    [`delete from event_seal where seq = 5`, ...[6, 7, 8, 9].map(n => `update event_seal set seq = ${n - 1} where seq = ${n}`)],
    5,
    /between #4 and it, was taken away/,
  ],
  [
    'an event deleted under its seal',
    [`delete from event where id = (select event_id from event_seal where seq = 5)`],
    5,
    /the event was deleted/,
  ],
  [
    'two entries with their numbers changed round',
    [
      `update event_seal set seq = -1 where seq = 5`,
      `update event_seal set seq = 5 where seq = 6`,
      `update event_seal set seq = 6 where seq = -1`,
    ],
    5,
    /it was moved: it hangs on #6, not on #4/,
  ],
  [
    'two events under each other’s seals',
    ['alter table event_seal drop constraint event_seal_event_id_unique', swap('event_seal', 'event_id', '5', '6')],
    5,
    /belongs to #6: entries changed places/,
  ],
  [
    'the end cut off, seals and events',
    [
      `create temp table gone as select event_id from event_seal where seq > 7`,
      `delete from event_seal where seq > 7`,
      `delete from event where id in (select event_id from gone)`,
    ],
    8,
    /cut off: #9 was there once, and the log ends with #7/,
  ],
  ['the last seal deleted, the event left', [`delete from event_seal where seq = 9`], 9, /#9 was there once/],
] as const)('shows %s', { timeout: 30_000 }, async ([, sql, seq, reason], { orm }) => {
  if ((await orm.em.fork().count(EventSeal)) === 0) await happen(orm, 9);
  const whole = await verifyChain(orm.em.fork());
  expect([whole.intact, whole.broken]).toEqual([9, undefined]);
  const noted = { seq: whole.intact, hash: whole.head };
  const report = await tamper(orm, [...sql], em => verifyChain(em, { noted: [noted] }));
  expect(report.broken?.reason).toMatch(reason);
  expect(report.broken?.seq).toBe(seq);
  expect(report.intact).toBe(seq - 1);
  const onward = await tamper(orm, [...sql], em => verifyChain(em, { from: noted }));
  // what lies before the place where it begins is believed; that the place itself is gone or another is seen
  if (seq > 7) expect(onward.broken?.reason).toMatch(reason);
});

test('shows a chain written anew from an entry on, if a later place was noted, and an event that lost its seal, if none was', async ({
  orm,
}) => {
  const { intact, head } = await verifyChain(orm.em.fork());
  const anew = [
    `delete from event_seal where seq > 4`,
    `insert into event_pending select e.id from event e where not exists (select from event_seal s where s.event_id = e.id)`,
    `update event set actor_name = 'Nobody' where id in (select id from event_pending)`,
  ];
  const report = await tamper(orm, anew, async em => {
    await sealPending(em);
    expect((await verifyChain(em.fork({ keepTransactionContext: true }))).broken, 'by itself it looks whole').toBeUndefined();
    return verifyChain(em.fork({ keepTransactionContext: true }), { noted: [{ seq: intact, hash: head }] });
  });
  expect(report.broken).toEqual({ seq: intact, reason: `the log was written anew: #${intact} had another hash when it was noted` });
  const loose = await tamper(orm, [`delete from event_seal where seq = ${intact}`], em => verifyChain(em));
  expect(loose.broken?.reason).toBe('an event has lost the number: the seal was deleted');
});

test('goes on from where it held, once a day from the start, and says once that it broke', async ({ orm, database }) => {
  const first = await checkChain(orm.em.fork());
  expect([first.whole, first.broken]).toEqual([true, undefined]);
  await happen(orm, 3);
  const second = await checkChain(orm.em.fork());
  expect([second.whole, second.intact]).toEqual([false, first.intact + 3]);
  expect((await checkChain(orm.em.fork(), { whole: true })).whole).toBe(true);

  const lines: string[] = [];
  expect(await verifyAudit(database, undefined, line => lines.push(line))).toBe(true);
  const noted = /\d+:[0-9a-f]{64}$/.exec(lines[0] ?? '')?.[0];
  expect(lines[0]).toMatch(/^Verified to #12\. /);
  expect(await verifyAudit(database, noted, () => undefined)).toBe(true);
  await expect(verifyAudit(database, '12:short', () => undefined)).rejects.toThrow('--noted takes');

  await orm.em.fork().transactional(async em => {
    await em.execute(`set local session_replication_role = replica`);
    await em.execute(`update event set facts = '{}' where id = (select event_id from event_seal where seq = 2)`);
  });
  expect((await checkChain(orm.em.fork())).broken, 'the part that was verified is believed until the whole is due').toBeUndefined();
  for (let n = 0; n < 2; n += 1) expect((await checkChain(orm.em.fork(), { whole: true })).broken?.seq).toBe(2);
  expect((await checkChain(orm.em.fork())).broken?.seq, 'once broken it stays so').toBe(2);
  const em = orm.em.fork();
  expect(await em.count(Event, { type: 'chain.broken' })).toBe(1);
  expect(await em.findOneOrFail(ChainCheck, 1)).toMatchObject({ seq: 12, brokenSeq: 2 });
  lines.length = 0;
  expect(await verifyAudit(database, noted, line => lines.push(line))).toBe(false);
  expect(lines[0]).toMatch(/^Broken at #2 \(event [0-9a-f-]{36}\): what it says was changed after it was sealed\.$/);
});
