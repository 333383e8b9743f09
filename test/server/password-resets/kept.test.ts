import { expect } from 'vitest';
import { test } from '../../support/app.ts';
import type { Caller } from '../../support/caller.ts';
import { browserOf, superadmin } from '../../support/people.ts';
import { startWork } from '../../support/settle.ts';

test('of kept mail only the person themselves reads the key in their link', async ({ server, owner, orm, database, redisUrl }) => {
  const keeping = await startWork(database, redisUrl, { baseUrl: server.url });
  const em = orm.em.fork();
  const boss = await superadmin(em);
  const own = await browserOf(em, boss, server.url);
  await owner.call('POST /admins/:id/password-reset', { params: { id: boss.id } });
  await keeping.settle();
  await keeping.stop();
  const { items } = await owner.call('GET /kept-mail');
  const id = items.find(({ to }) => to === boss.email)?.deliveryId ?? '';
  const read = async (caller: Caller) => (await caller.call('POST /kept-mail/:id/open', { params: { id } })).text;
  expect(await read(owner)).toContain('/reset-password#…');
  expect(await read(own)).toMatch(/\/reset-password#[\w-]{43}$/m);
});
