import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { Refusals } from '#server/events/refusals.ts';
import { Problem } from '#server/platform/problem.ts';
import { Role } from '#server/roles/Role.ts';
import { test } from '../../support/app.ts';
import { actorOf, browserOf, someone } from '../../support/people.ts';

const facts = async (em: EntityManager, actorId: string, type: string): Promise<Record<string, unknown>[]> =>
  (await em.fork().find(Event, { actorId, type }, { orderBy: { id: 'asc' } })).map(event => event.facts);

test('a hundred refusals of one person at one door within a minute are three entries with their number', async ({ orm, server, owner }) => {
  await owner.call('GET /session');
  const em = orm.em.fork();
  const curious = await someone(em, 'dashboard.view');
  const browser = await browserOf(em, curious, server.url);
  await Promise.all(Array.from({ length: 100 }, () => browser.fetch('/api/queues')));
  await browser.fetch('/api/activity');
  expect(await facts(em, curious.id, 'permission.denied')).toEqual([
    { permission: 'queues.view', route: 'GET /queues' },
    { permission: 'queues.view', route: 'GET /queues', times: 10 },
    { permission: 'queues.view', route: 'GET /queues', times: 100 },
    { permission: 'activity.view', route: 'GET /activity' },
  ]);
});

test('however refusals come, a minute of one door is told at most log10 of their number, the first always', async ({ orm }) => {
  const em = orm.em.fork();
  const actor = actorOf(await someone(em));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async count => {
      const [refusals, route] = [new Refusals(), `GET /${(run += 1)}`];
      for (let n = 0; n < count; n += 1) await refusals.denied(em.fork(), actor, 'queues.view', route, 1000 + n);
      await refusals.denied(em.fork(), actor, 'queues.view', route, 70_000);
      const told = (await facts(em, actor.id ?? '', 'permission.denied')).filter(each => each['route'] === route);
      expect(told.length).toBe(1 + Math.floor(Math.log10(count)) + 1);
    }),
    { numRuns: 10 },
  );
});

test('reaching beyond one’s rights is written down with what was aimed at; an everyday error is not', async ({ orm, server, owner }) => {
  await owner.call('GET /session');
  const em = orm.em.fork();
  const editor = await someone(em, 'roles.edit');
  const browser = await browserOf(em, editor, server.url);
  const [full, other] = [await em.findOneOrFail(Role, { superadmin: true }), await em.findOneOrFail(Role, { name: 'Support Operator' })];
  expect(await browser.codeOf('DELETE /roles/:id', { params: { id: full.id }, query: { version: full.version, moveTo: other.id } })).toBe(
    'built_in',
  );
  const refused = await facts(em, editor.id, 'act.refused');
  expect(refused).toMatchObject([{ route: 'DELETE /roles/:id', objectId: full.id }]);
  expect(['built_in', 'beyond_your_rights', 'stronger_than_you']).toContain(refused[0]?.['code']);

  const before = await em.fork().count(Event, { type: 'act.refused' });
  expect(await owner.codeOf('PATCH /me', { body: { version: 0, firstName: 'Ana' } })).toBe('conflict');
  expect(await owner.codeOf('PATCH /me', { body: { nonsense: 1 } })).toBe('invalid');
  expect(await em.fork().count(Event, { type: 'act.refused' })).toBe(before);
});

test('which refusals tell something', async ({ orm }) => {
  const em = orm.em.fork();
  const actor = actorOf(await someone(em));
  const refusals = new Refusals();
  for (const code of [
    'stronger_than_you',
    'not_yourself',
    'last_superadmin',
    'wrong_password',
    'internal',
    'conflict',
    'invalid',
    'not_found',
    'too_many_requests',
  ] as const)
    await refusals.refused(em.fork(), actor, { route: 'POST /x', problem: new Problem(code) });
  expect((await facts(em, actor.id ?? '', 'act.refused')).map(({ code }) => code)).toEqual([
    'stronger_than_you',
    'not_yourself',
    'last_superadmin',
    'wrong_password',
    'internal',
  ]);
});
