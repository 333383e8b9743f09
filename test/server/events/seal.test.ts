import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { expect } from 'vitest';
import { EventSeal } from '#server/events/Event.ts';
import { record } from '#server/events/record.ts';
import { type Sealed, sealPending } from '#server/events/seal.ts';
import { verifyChain } from '#server/events/verify.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { test } from '../../support/world.ts';

const happen = (em: EntityManager, job: string) => record(em, SYSTEM, 'job.failed', { queue: 'test', job, reason: 'for a test' });

const commit = (orm: MikroORM, jobs: string[]): Promise<void> =>
  orm.em.fork().transactional(async em => {
    for (const job of jobs) happen(em, job);
    await em.flush();
  });

const sealOnce = (orm: MikroORM): Promise<Sealed[]> => orm.em.fork().transactional(em => sealPending(em));

async function sealAll(orm: MikroORM): Promise<Sealed[]> {
  const all: Sealed[] = [];
  for (;;) {
    const some = await sealOnce(orm);
    if (some.length === 0) return all;
    all.push(...some);
  }
}

const lastNumber = async (orm: MikroORM): Promise<number> => {
  const [last] = await orm.em.fork().find(EventSeal, {}, { orderBy: { seq: 'desc' }, limit: 1 });
  return last?.seq ?? 0;
};

test('several dispatchers at once number every event once and without a gap', { timeout: 60_000 }, async ({ orm }) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 2, max: 4 }),
      async (sizes, dispatchers) => {
        const before = await lastNumber(orm);
        const commits = sizes.map((size, index) =>
          commit(
            orm,
            Array.from({ length: size }, (_, n) => `${index}-${n}`),
          ),
        );
        const racing = Array.from({ length: dispatchers }, () => sealAll(orm));
        await Promise.all(commits);
        const sealed = [...(await Promise.all(racing)).flat(), ...(await sealAll(orm))];
        const total = sizes.reduce((a, b) => a + b, 0);
        expect(sealed.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, n) => before + 1 + n));
        expect(new Set(sealed.map(({ event }) => event.id)).size).toBe(total);
      },
    ),
    { numRuns: 15 },
  );
  expect(await verifyChain(orm.em.fork())).not.toHaveProperty('broken');
});

test('an event that is committed late gets a later number, though it was recorded first', async ({ orm }) => {
  await sealAll(orm);
  const before = await lastNumber(orm);
  const [began, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const late = orm.em.fork().transactional(async em => {
    happen(em, 'late');
    await em.flush();
    began.resolve();
    await mayCommit.promise;
  });
  await began.promise;
  await commit(orm, ['early']);
  expect((await sealAll(orm)).map(({ seq, event }) => [seq, event.facts['job']])).toEqual([[before + 1, 'early']]);
  mayCommit.resolve();
  await late;
  expect((await sealAll(orm)).map(({ seq, event }) => [seq, event.facts['job']])).toEqual([[before + 2, 'late']]);
});

test('what is planned with the numbers comes true with them or not at all', async ({ orm }) => {
  await sealAll(orm);
  const before = await lastNumber(orm);
  await commit(orm, ['kept']);
  const failing = orm.em.fork().transactional(async em => {
    await sealPending(em);
    throw new Error('planning failed');
  });
  await expect(failing).rejects.toThrow('planning failed');
  expect(await lastNumber(orm)).toBe(before);
  expect((await sealAll(orm)).map(({ seq }) => seq)).toEqual([before + 1]);
});
