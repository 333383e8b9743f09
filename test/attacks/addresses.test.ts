import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { routes } from '#server/app.ts';
import { Admin } from '#server/admins/Admin.ts';
import { Role } from '#server/roles/Role.ts';
import { sample } from '../support/sample.ts';
import { knock, nowhere } from '../support/knock.ts';
import { demandNoFailure, nameOf, test } from './site.ts';

/** In the place of an id: the parameter's own name, words of JavaScript, SQL and shells, and numbers where a UUID should stand. */
const NO_IDS = [
  ...[':id', '__proto__', 'constructor', '%00', '%0d%0a', '*', '%20', '%ff', '%2e%2e', '..%2f..%2fetc', '0', '-1', '1e9', 'null'],
  ...["'%20or%201=1--", '%27;select%20pg_sleep(9)--', 'a'.repeat(4000), `${randomUUID()}x`, randomUUID().replaceAll('-', '')],
];
/** UUIDs that are no row's. */
const NOBODYS = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', randomUUID()];

const fill = (path: string, id: string): string => path.replaceAll(/:\w+/g, id);
const withId = routes.filter(({ endpoint }) => endpoint.path.includes(':'));

describe('every address with an id', () => {
  test('answers what is no id as it answers one that nobody has', { timeout: 60_000 }, async ({ boss }) => {
    for (const route of withId) {
      const { method, path, body } = route.endpoint;
      const ids = [...NO_IDS, ...NOBODYS];
      const answers = await Promise.all(
        ids.map(id => boss.send({ method, path: fill(path, id), ...(body ? { body: sample(body) } : {}) })),
      );
      for (const [i, answer] of answers.entries()) {
        const what = `${nameOf(route)} with ${ids[i]?.slice(0, 40)}: ${answer.body.slice(0, 200)}`;
        demandNoFailure(answer, what);
        expect(answer.status, what).toBeGreaterThanOrEqual(400);
      }
    }
  });

  test('takes no id of another table', { timeout: 60_000 }, async ({ boss, orm }) => {
    const em = orm.em.fork();
    const [admin, role] = [
      await em.findOneOrFail(Admin, { disabledAt: null }, { orderBy: { id: 'asc' } }),
      await em.findOneOrFail(Role, { superadmin: true }),
    ];
    for (const route of withId) {
      const { method, path, body } = route.endpoint;
      const foreign = [
        /^\/(admins|departments)\//.test(path) ? [] : [admin.id],
        /^\/(roles|dashboard\/defaults)\//.test(path) ? [] : [role.id],
      ].flat();
      for (const id of foreign) {
        const answer = await boss.send({ method, path: fill(path, id), ...(body ? { body: sample(body) } : {}) });
        demandNoFailure(answer, nameOf(route));
        expect(answer.status, `${nameOf(route)}: ${answer.body}`).toBeGreaterThanOrEqual(400);
      }
    }
  });
});

/** One address in many spellings: a guard that reads the text and a router that does not would differ over them. */
const spellings = (url: string, path: string): string[] => [
  `/API${path}`,
  `/api${path.toUpperCase()}`,
  `/api${path}/`,
  `//api${path}`,
  `/api/${path}`,
  `/./api${path}`,
  `/x/../api${path}`,
  `/api/%2e${path}`,
  `/api${path};x=1`,
  `/api${path}%20`,
  `/api${path}%00`,
  `/%61pi${path}`,
  `/api/front/..${path}`,
  `/api/front%2f..${path}`,
  `\\api${path}`,
  `${url}/api${path}`,
  `/api${path}?public=1`,
  `/api${path}#/api/front`,
  `/api${path}?access_token=x&api_key=x&key=x`,
  `/api/docs/..${path}`,
];

test('no spelling of an address lets a stranger in', { timeout: 60_000 }, async ({ server }) => {
  for (const route of routes.filter(({ needs }) => needs !== 'public')) {
    const { method, path, body } = route.endpoint;
    const tried = spellings(server.url, nowhere(path));
    const answers = await Promise.all(tried.map(address => knock(server.url, {}, '', { method, address, ...(body ? { body: {} } : {}) })));
    for (const [i, answer] of answers.entries()) {
      demandNoFailure(answer, `${method} ${tried[i]}`);
      expect(answer.status >= 200 && answer.status < 300, `${method} ${tried[i]} answered ${answer.status}`).toBe(false);
    }
  }
});
