import { io } from 'socket.io-client';
import { expect, onTestFinished } from 'vitest';
import type { Farewell } from '#contract/live.ts';
import { test } from '../../support/app.ts';
import { browserOf, someRole, withRoles } from '../../support/people.ts';

const ROUNDS = 8;
const AT_THE_LATEST = 1000;

test('a change of a role sends the open pages of its people back through the door within a second, and nobody else', async ({
  owner,
  server,
  orm,
}) => {
  const em = orm.em.fork();
  const [role, bystanding] = [await someRole(em, 'queues.view'), await someRole(em, 'queues.view')];
  const open = async (...roles: (typeof role)[]) => {
    const { cookie } = await browserOf(em, await withRoles(em, ...roles), server.url);
    const socket = io(server.url, { transports: ['websocket'], reconnection: false, extraHeaders: { cookie, origin: server.url } });
    onTestFinished(() => void socket.disconnect());
    await new Promise<void>(connected => void socket.once('connect', connected));
    return socket;
  };
  const bystander = await open(bystanding);
  let { version } = role;
  for (let round = 0; round < ROUNDS; round += 1) {
    const sockets = [await open(role), await open(role, bystanding)];
    const farewells = sockets.map(async socket => {
      const farewell = await new Promise<Farewell>(told => void socket.once('live:farewell', told));
      return { farewell, at: performance.now() };
    });
    const permissions = round % 2 === 0 ? (['activity.view'] as const) : (['queues.view'] as const);
    ({ version } = await owner.call('PATCH /roles/:id', { params: { id: role.id }, body: { version, permissions: [...permissions] } }));
    const changedAt = performance.now();
    for (const { farewell, at } of await Promise.all(farewells)) {
      expect(farewell).toEqual({ reason: 'rights_changed', by: 'Ana Ruiz' });
      expect(at - changedAt).toBeLessThan(AT_THE_LATEST);
    }
  }
  expect(bystander.connected).toBe(true);
});
