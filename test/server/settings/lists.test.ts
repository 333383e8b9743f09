import { describe, expect } from 'vitest';
import { endpoints } from '#contract/api.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { test as base } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';

/** The names that an object's schema has. */
const namesIn = (schema: unknown): string[] =>
  typeof schema === 'object' && schema !== null && 'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null
    ? Object.keys(schema.shape)
    : [];
const isList = ({ method, result }: Endpoint): boolean => method === 'GET' && namesIn(result).includes('items');
/** Whether there may be more than what one answer has. */
const hasMore = ({ result, query }: Endpoint): boolean =>
  [...namesIn(result), ...namesIn(query)].some(name =>
    ['total', 'page', 'pageSize', 'next', 'more', 'before', 'after', 'limit'].includes(name),
  );
const lists = endpoints.filter(endpoint => isList(endpoint) && hasMore(endpoint));

/** Lists that nobody leafs through: why the number of rows is not theirs. */
const OTHERS: Record<string, string> = {
  '/events': 'a stream that programs read on from where they were, at a limit of their own',
  '/queues/:name/jobs': 'a queue is made by a worker, and none runs here',
};
const held = lists.filter(({ path }) => !(path in OTHERS));

/** Where the list of one thing is asked for, which one. */
const test = base.extend('ids', { scope: 'file' }, async ({ owner }) => ({
  '/admins/:id/logins': (await owner.call('GET /session')).me.id,
  '/departments/:id/members': (await owner.call('POST /departments', { body: { name: 'Support' } })).id,
}));
type Ids = Record<string, string>;
const addressOf = (path: string, ids: Ids, query = ''): string =>
  `/api${path.replaceAll(/:\w+/g, () => ids[path] ?? expect.fail(`say which one the list ${path} is of`))}?${query}`;

describe('every list', () => {
  test('is known, by the number of rows it obeys or by why it does not', ({ ids }) => {
    expect(held.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/activity', '/admins', '/deliveries', '/invitations', '/api-keys']),
    );
    for (const { path, query, result } of held) {
      expect(namesIn(query), path).toContain('pageSize');
      expect(namesIn(result), path).toContain('pageSize');
      expect(addressOf(path, ids)).not.toContain(':');
    }
    for (const path of Object.keys(OTHERS)) expect(lists.map(({ path }) => path)).toContain(path);
  });

  test('has as many rows as the installation says, unless the person or the request says otherwise', async ({ owner, server, ids }) => {
    const sizes = async (who: Caller, query = '') => {
      const all = await Promise.all(
        held.map(async ({ path }) => {
          const response = await who.fetch(addressOf(path, ids, query));
          const { pageSize } = (await response.json()) as { pageSize?: unknown };
          return [path, response.ok ? pageSize : response.status];
        }),
      );
      return Object.fromEntries(all) as Record<string, unknown>;
    };
    const allOf = (size: unknown) => Object.fromEntries(held.map(({ path }) => [path, size]));

    expect(await sizes(owner)).toEqual(allOf(50));
    const { version } = await owner.call('GET /settings');
    await owner.call('PATCH /settings', { body: { version, rowsPerPage: 100 } });
    expect(await sizes(owner)).toEqual(allOf(100));
    const { me } = await owner.call('GET /session');
    await owner.call('PATCH /me', { body: { version: me.version, rowsPerPage: 25 } });
    expect(await sizes(owner)).toEqual(allOf(25));
    const elsewhere = new Caller(server.url);
    elsewhere.cookies.set('quarterdeck', owner.cookies.get('quarterdeck') ?? '');
    expect(await sizes(elsewhere), 'on another machine').toEqual(allOf(25));
    for (const size of [25, 50, 100, 200]) expect(await sizes(owner, `pageSize=${size}`)).toEqual(allOf(size));
    for (const wrong of ['0', '-1', '1e9', 'abc', '', '25.5', '201', 'NaN'])
      expect(await sizes(owner, `pageSize=${wrong}`), wrong).toEqual(allOf(422));
  });

  test('gives no more rows than that where there are more', async ({ owner }) => {
    const { key } = await owner.call('POST /api-keys', { body: { name: 'Shop', scopes: ['events.write', 'activity.view'] } });
    const program = new Caller(owner.url, key);
    expect((await program.call('GET /activity')).pageSize, 'a program has no choice of its own').toBe(100);
    const roleIds = (await owner.call('GET /roles')).items.slice(0, 1).map(({ id }) => id);
    for (let n = 0; n < 26; n += 1)
      await owner.call('POST /admins', {
        body: { username: `n${n}`, firstName: 'Noor', lastName: `${n}`, email: `n${n}@northwind.example`, roleIds },
      });
    expect((await owner.call('GET /admins')).items).toHaveLength(25);
    expect((await owner.call('GET /admins', { query: { page: '2' } })).items).toHaveLength(2);
  });
});
