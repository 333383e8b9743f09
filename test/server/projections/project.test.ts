import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { expect } from 'vitest';
import { dispatch } from '#jobs/_dispatch.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { createLog } from '#server/platform/log.ts';
import { ProjectionState } from '#server/projections/ProjectionState.ts';
import { type Projected, project, rebuildProjections } from '#server/projections/project.ts';
import { demandCurrent } from '#server/projections/queries.ts';
import { take } from '#server/projections/take.ts';
import { test } from '../../support/world.ts';
import { everything, forget, history, inOrder, post } from './business.ts';

const log = createLog('silent');

/** Numbers what waits and takes it into the figures, to the end. */
async function settle(orm: Parameters<typeof dispatch>[0]['orm']): Promise<void> {
  while ((await dispatch({ orm, log }, [])).sealed.length > 0);
  let projected: Projected = { types: new Set(), behind: true };
  while (projected.behind) projected = await project(orm.em);
}

/** Some history of this test's own, told to the outbox. */
async function happen(em: EntityManager, seed: number): Promise<ReturnType<typeof inOrder>> {
  const events = fc.sample(history, { seed, numRuns: 100 }).flat();
  for (const { id, type, at, facts } of events) post(em, type, facts, at, id);
  await em.flush();
  return events;
}

test('figures follow the events, and made anew while more of them come they are the same', async ({ orm }) => {
  const em = orm.em.fork();
  const first = await happen(em.fork(), 1);
  await settle(orm);
  const before = await everything(em);
  expect(before['projected_order']?.length).toBeGreaterThan(0);

  let meanwhile: Promise<ReturnType<typeof inOrder>> | undefined;
  const progress: number[] = [];
  await rebuildProjections(em, SYSTEM, seq => {
    progress.push(seq);
    meanwhile ??= happen(em.fork(), 2).then(async events => {
      await dispatch({ orm, log }, []);
      expect(await project(orm.em)).toMatchObject({ behind: true }); // somebody else is at it
      expect(await everything(em.fork())).toEqual(before); // and nobody sees half of it
      return events;
    });
    if (progress.length === 1) return meanwhile;
  });
  const second = (await meanwhile) ?? [];
  expect(second.length).toBeGreaterThan(0);
  expect(progress[0]).toBe(500);
  await settle(orm);
  const after = await everything(em);
  await forget(em);
  await em.transactional(em => take(em, inOrder([...first, ...second])));
  expect(after).toEqual(await everything(em));
});

test('an event that is counted is not counted again, and one that failed to be is', async ({ orm }) => {
  const em = orm.em.fork();
  await settle(orm);
  const paid = async () =>
    (await em.execute<{ count: number }[]>(`select count(*)::int from projected_payment where invoice = 'once'`))[0]?.count;
  post(em, 'invoice.paid', { invoice: 'once', total: { amount: 1, currency: 'EUR' } });
  await em.flush();
  await dispatch({ orm, log }, []);
  await em.execute('alter table projected_payment rename to away');
  await expect(project(orm.em)).rejects.toThrow();
  await demandCurrent(em); // a moment ago is now
  await em.transactional(async em => {
    await em.execute(`set local quarterdeck.maintenance = 'on'`);
    await em.execute(`update event_seal set sealed_at = now() - interval '5 minutes'`);
  });
  await expect(demandCurrent(em)).rejects.toThrow('Events of the last 5 min are not in the figures yet');
  await em.execute('alter table away rename to projected_payment');
  expect(await project(orm.em)).toEqual({ types: new Set(['invoice.paid']), behind: false });
  await demandCurrent(em);
  expect(await project(orm.em)).toEqual({ types: new Set(), behind: false });
  expect(await paid()).toBe(1);
});

test('figures of another shape are made anew before anything is added', async ({ orm }) => {
  const em = orm.em.fork();
  await settle(orm);
  const right = await everything(em);
  await em.execute(`update projected_order set client = 'as an older version had it'`);
  await em.nativeUpdate(ProjectionState, 1, { shape: 0 });
  await settle(orm);
  expect(await everything(em)).toEqual(right);
});
