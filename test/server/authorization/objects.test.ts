/**
 * Who may do what to whom: every route that names a person, a role or something of somebody's own, asked for one that is not
 * theirs to touch. The answers stand in objects.json, which `npm run matrix` writes anew; its difference is what a reviewer reads.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { PERMISSIONS } from '#contract/permissions.ts';
import { SavedFilter } from '#server/activity/SavedFilter.ts';
import type { Admin } from '#server/admins/Admin.ts';
import { routes } from '#server/app.ts';
import { ApiKey } from '#server/auth/ApiKey.ts';
import { Passkey } from '#server/auth/SecondFactor.ts';
import { Session } from '#server/auth/Session.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { test as base } from '../../support/house.ts';
import { type Answer, knock } from '../../support/knock.ts';
import { browserOf, someRole, superRole, withRoles } from '../../support/people.ts';
import { sample } from '../../support/sample.ts';
import { hold } from './review.ts';

const HOUR = 3_600_000;

/** Of somebody who is stronger than a limited admin, by what their addresses begin with. */
async function strongThings(em: EntityManager): Promise<{ strong: Admin; things: [path: RegExp, id: string][] }> {
  const full = await superRole(em);
  const strong = await withRoles(em, full);
  const invitation = em.create(Invitation, {
    email: `${randomUUID()}@northwind.example`,
    roles: [full],
    invitedBy: strong,
    nonce: randomBytes(32),
    tokenHash: randomBytes(32),
    expiresAt: new Date(Date.now() + HOUR),
  });
  const key = em.create(ApiKey, {
    name: 'Strong',
    keyHash: randomBytes(32),
    endsIn: 'xxxx',
    scopes: [],
    owner: strong,
    expiresAt: new Date(Date.now() + HOUR),
  });
  await em.flush();
  return {
    strong,
    things: [
      [/^\/(admins|avatars)\/:id/, strong.id],
      [/^\/roles\/:id/, (await someRole(em, 'settings.edit')).id],
      [/^\/invitations\/:id/, invitation.id],
      [/^\/api-keys\/:id/, key.id],
    ],
  };
}

/** What is somebody's own, by what its addresses begin with. */
async function ownThings(em: EntityManager, admin: Admin): Promise<[path: RegExp, id: string][]> {
  const session = await em.findOneOrFail(Session, { admin });
  const passkey = em.create(Passkey, { admin, credentialId: randomUUID(), publicKey: randomBytes(32), transports: [], name: 'Key' });
  const filter = em.create(SavedFilter, { admin, name: 'Mine', filter: {} });
  await em.flush();
  return [
    [/^\/me\/sessions\/:id/, session.id],
    [/^\/me\/passkeys\/:id/, passkey.id],
    [/^\/me\/activity-filters\/:id/, filter.id],
  ];
}

const test = base.extend('people', { scope: 'file' }, async ({ orm, server }) => {
  const em = orm.em.fork();
  const { strong, things } = await strongThings(em);
  await browserOf(em, strong, server.url);
  const own = await ownThings(em, strong);
  const cookieOf = async (admin: Admin): Promise<string> => (await browserOf(em, admin, server.url)).cookies.get('quarterdeck') ?? '';
  const limited = await withRoles(em, await someRole(em, ...PERMISSIONS.filter(permission => permission !== 'settings.edit')));
  const equal = await withRoles(em, await superRole(em));
  return { things, own, limited: await cookieOf(limited), equal: await cookieOf(equal) };
});

/** As they stand in an address. */
const texts = (values: unknown): [string, string][] =>
  Object.entries(Object(values) as object).map(([name, value]) => [name, String(value)]);

const said = ({ status, code }: Answer): string => `${status} ${code}`.trim();

test(
  'nobody touches what is stronger than they are, and nobody finds what is another’s',
  { timeout: 120_000 },
  async ({ server, people }) => {
    const rows: Record<string, Record<string, string>> = {};
    const ask = async (cookie: string, path: string, id: string, route: (typeof routes)[number]): Promise<string> => {
      const { method, query, body, takes } = route.endpoint;
      const search = method !== 'GET' && query ? `?${new URLSearchParams(texts(sample(query))).toString()}` : '';
      const honest = body && !takes ? { body: sample(body) } : {};
      return said(await knock(server.url, {}, cookie, { method, path: `${path.replaceAll(/:\w+/g, id)}${search}`, ...honest }));
    };
    for (const route of routes) {
      const { method, path } = route.endpoint;
      const [, strong] = people.things.find(([begin]) => begin.test(path)) ?? [];
      const [, own] = people.own.find(([begin]) => begin.test(path)) ?? [];
      if (/^\/me\/[^:]*:id/.test(path)) expect(own, `${path}: who owns what it names? Say so in ownThings`).toBeDefined();
      if (strong !== undefined)
        rows[`${method} ${path}`] = { 'limited admin, of somebody stronger': await ask(people.limited, path, strong, route) };
      if (own !== undefined) rows[`${method} ${path}`] = { 'superadmin, of another': await ask(people.equal, path, own, route) };
    }
    for (const [name, row] of Object.entries(rows)) {
      const own = row['superadmin, of another'];
      if (own !== undefined) expect(own, `${name} finds what is another’s`).toBe('404 not_found');
      const strong = row['limited admin, of somebody stronger'] ?? '403';
      if (!name.startsWith('GET ')) expect(strong, `${name} lets a limited admin at somebody stronger`).toMatch(/^4/);
    }
    hold('objects.json', rows);
  },
);
