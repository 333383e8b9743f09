/**
 * Who may do what, as data: every mounted route and every message of a socket × everybody who may knock. The answers stand in
 * matrix.json; a route without its row fails, and so does a cell that changed. If that is meant, `npm run matrix` writes the file
 * anew, and its difference is what a reviewer reads.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import { routes } from '#server/app.ts';
import { Broadcast } from '#server/platform/live/broadcast.ts';
import { createLog } from '#server/platform/log.ts';
import { type RedisClient, connect } from '#server/platform/redis.ts';
import type { Route } from '#server/platform/http/route.ts';
import { test as base } from '../../support/house.ts';
import { type Knocker, everybody, openSession } from './actors.ts';
import { cellOf, knock, nowhere } from '../../support/knock.ts';
import { type Row, hold, legend, rowOf } from './review.ts';
import { socketCells } from './sockets.ts';

const AT_ONCE = 16;
const nameOf = ({ endpoint }: Route): string => `${endpoint.method} ${endpoint.path}`;

const test = base
  .extend('knockers', { scope: 'file' }, ({ orm }) => everybody(orm.em.fork()))
  .extend('live', { scope: 'file' }, async ({ redisUrl }, { onCleanup }) => {
    const redis = connect(redisUrl, createLog('silent'));
    await redis.connect();
    onCleanup(() => redis.close());
    return redis;
  });

/** Does all, a few at a time. */
async function inTurn<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const waiting = tasks.entries();
  const work = async (): Promise<void> => {
    for (const [i, task] of waiting) results[i] = await task();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** What changes the one who asks: there nobody's session may serve for a second cell. */
const isAboutOneself = ({ needs, endpoint }: Route): boolean => needs === 'signed-in' && endpoint.method !== 'GET';

/** Knocks at all these routes as everybody. @returns for each route the answers in the order of the knockers */
async function cellsOf(some: readonly Route[], url: string, em: EntityManager, knockers: readonly Knocker[]): Promise<string[][]> {
  const cookies = knockers.map(who => openSession(em, who));
  await em.flush();
  const tasks = some.flatMap(({ endpoint: { method, path, body } }) =>
    knockers.map((who, i) => async () => {
      const answer = await knock(url, who, cookies[i] ?? '', { method, path: nowhere(path), ...(body ? { body: {} } : {}) });
      expect(answer.status, `${method} ${path} as ${who.name}: ${answer.body}`).toBeLessThan(500);
      return cellOf(answer);
    }),
  );
  const cells = await inTurn(tasks);
  return some.map((_, i) => cells.slice(i * knockers.length, (i + 1) * knockers.length));
}

/** The HTTP side: a row for each route. */
async function routeRows(url: string, em: () => EntityManager, knockers: readonly Knocker[]): Promise<[string, Row][]> {
  const alone = routes.filter(isAboutOneself).map(route => [route]);
  const rows: [string, Row][] = [];
  for (const some of [routes.filter(route => !isAboutOneself(route)), ...alone]) {
    const cells = await cellsOf(some, url, em(), knockers);
    for (const [i, route] of some.entries()) rows.push([nameOf(route), rowOf(knockers, cells[i] ?? [])]);
  }
  return rows;
}

async function socketRows(url: string, em: EntityManager, redis: RedisClient, knockers: readonly Knocker[]): Promise<[string, Row][]> {
  const cookies = knockers.map(who => openSession(em, who));
  await em.flush();
  const cells = await socketCells(url, new Broadcast(redis, { log: createLog('silent') }), knockers, cookies);
  return cells.map(([name, found]) => [name, rowOf(knockers, found)]);
}

test(
  'every route and every message of a socket answers everybody as reviewed',
  { timeout: 300_000 },
  async ({ server, orm, live, knockers }) => {
    const rows = [
      ...(await routeRows(server.url, () => orm.em.fork(), knockers)),
      ...(await socketRows(server.url, orm.em.fork(), live, knockers)),
    ];
    console.log(`authorization: ${rows.length * knockers.length} cells, ${rows.length} routes and messages × ${knockers.length}`);
    hold('matrix.json', { '(who)': legend(knockers), ...Object.fromEntries(rows) });
  },
);
