import { expect, test } from 'vitest';
import { routes } from '#server/app.ts';
import { linesOf, listRoutes } from '#server/console/list-routes.ts';

test('lists every route with who may, how often and what it records, and every message of a socket', () => {
  const all = listRoutes();
  expect(all.filter(({ method }) => method !== 'SOCKET')).toHaveLength(routes.length);
  expect(all.find(({ method, path }) => method === 'POST' && path === '/api/invitations')).toEqual({
    method: 'POST',
    path: '/api/invitations',
    needs: 'admins.invite',
    confirmed: true,
    limit: { name: 'invite', points: 20, seconds: 3600 },
    records: ['invitation.sent'],
  });
  expect(all.filter(({ method }) => method === 'SOCKET').map(({ path }) => path)).toContain('presence:here');
  expect(linesOf(all).find(line => line.includes('/api/queues'))).toMatch(/^GET +\/api\/queues +queues\.view$/);
});
