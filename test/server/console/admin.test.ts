import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import { expect } from 'vitest';
import { dispatch } from '#jobs/_dispatch.ts';
import { PasswordReset } from '#server/auth/PasswordReset.ts';
import { Session } from '#server/auth/Session.ts';
import { Postgres } from '#server/embedded/postgres.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { openOrm } from '#server/platform/db/orm.ts';
import { createLog } from '#server/platform/log.ts';
import { resetLink } from '#server/password-resets/link.ts';
import { ProjectedOrder } from '#server/projections/ProjectedOrder.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { KEY } from '../../support/app.ts';
import { browserOf, furnish, someone, superadmin } from '../../support/people.ts';
import { ownData } from '../../support/whole.ts';
import { test as world } from '../../support/world.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const secrets = new Secrets(Buffer.from(KEY, 'base64'));

interface Said {
  code: number;
  out: string;
  err: string;
}

/** Runs the real command, without a terminal, with nothing alive but the database. */
function quarterdeck(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Said> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      ['server/console/quarterdeck.mjs', ...args],
      { cwd: ROOT, env: { PATH: process.env['PATH'], NODE_ENV: 'test', SECRET_KEY: KEY, REDIS_URL: 'redis://127.0.0.1:1', ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

async function setUp(em: EntityManager): Promise<void> {
  await furnish(em);
  await em.execute('update organisation set set_up_at = now()');
}

/** Each command is a process of its own, which takes its time to start. */
const SLOW = 60_000;

const test = world.extend('env', { scope: 'file' }, async ({ database, orm }) => {
  await setUp(orm.em.fork());
  return { DATABASE_URL: database, BASE_URL: 'https://admin.northwind.example' };
});

const actorsOf = (em: EntityManager, type: string): Promise<object[]> =>
  em.execute('select actor_kind, actor_name, facts from event where type = ? order by stored_at', [type]);

test(
  'a link to a new password is printed, works once, and is written down as done by the shell',
  async ({ env, orm }) => {
    const em = orm.em.fork();
    const person = await superadmin(em);
    const { code, out } = await quarterdeck(env, 'admin', 'reset-password', person.username.toUpperCase());
    expect(code).toBe(0);
    const link = out.trim().split('\n').at(-1) ?? '';
    expect(link).toMatch(/^https:\/\/admin\.northwind\.example\/reset-password#[\w-]{43}$/);
    const open = await em.findOneOrFail(PasswordReset, { tokenHash: resetLink.hash(secrets, link.split('#')[1] ?? '') });
    expect(open.admin.id).toBe(person.id);
    expect(await actorsOf(em, 'password.reset-requested')).toMatchObject([
      { actor_kind: 'system', actor_name: 'Shell', facts: { by: 'shell' } },
    ]);
    await quarterdeck(env, 'admin', 'reset-password', person.email);
    await em.refresh(open);
    expect(open.revokedAt).not.toBeNull();
  },
  SLOW,
);

test(
  'a superadmin is made from flags, with a link to a first password',
  async ({ env, orm }) => {
    const flags = ['--username', 'rescue', '--email', 'rescue@northwind.example', '--first-name', 'Res', '--last-name', 'Cue'];
    const { code, out } = await quarterdeck(env, 'admin', 'create', ...flags);
    expect(code).toBe(0);
    expect(out).toMatch(/^Res Cue was added as .*Full Administrator.*\.\n.*\nhttps:\S+#[\w-]{43}\n$/);
    const again = await quarterdeck(env, 'admin', 'create', ...flags);
    expect([again.code, again.err]).toEqual([1, 'This username is taken.\n']);
    const wrong = await quarterdeck(env, 'admin', 'create', ...flags.with(1, 'not a name'), '--role', 'Support Operator');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('username: A letter from A to Z first');
    expect((await quarterdeck(env, 'admin', 'create', ...flags, '--role', 'Nobody')).err).toContain('There is no role called Nobody');
    const [row] = await orm.em.fork().execute<{ n: number }[]>(`select count(*)::int as n from admin where username = 'rescue'`);
    expect(row?.n).toBe(1);
  },
  SLOW,
);

test(
  'without a terminal nothing is asked: what is missing is named, and nothing happens',
  async ({ env, orm }) => {
    const em = orm.em.fork();
    const person = await someone(em, 'dashboard.view');
    const create = await quarterdeck(env, 'admin', 'create', '--username', 'halfway');
    expect([create.code, create.err]).toEqual([1, 'Say --email: there is no terminal to ask at.\n']);
    const disable = await quarterdeck(env, 'admin', 'disable', person.username);
    expect([disable.code, disable.err]).toEqual([1, 'Say --yes: there is no terminal to ask at.\n']);
    await em.refresh(person);
    expect(person.disabledAt).toBeNull();
  },
  SLOW,
);

test(
  'disabling ends sessions, enabling lets somebody in again, and the last superadmin stays',
  async ({ env, orm }) => {
    const em = orm.em.fork();
    const person = await someone(em, 'dashboard.view');
    await browserOf(em, person, 'http://127.0.0.1');
    expect(await quarterdeck(env, 'admin', 'disable', person.username, '--yes')).toMatchObject({
      code: 0,
      out: `${person.name} is disabled.\n`,
    });
    await em.refresh(person);
    expect(person).toMatchObject({ disabledBy: 'Shell' });
    expect(await em.count(Session, { admin: person.id, endedAt: null })).toBe(0);
    const blocked = await quarterdeck(env, 'admin', 'reset-password', person.username);
    expect([blocked.code, blocked.err]).toEqual([1, expect.stringContaining('is disabled')]);
    expect((await quarterdeck(env, 'admin', 'enable', person.username)).code).toBe(0);
    expect((await quarterdeck(env, 'admin', 'enable', person.username)).code).toBe(1);
    expect(await actorsOf(em, 'admin.disabled')).toMatchObject([{ actor_kind: 'system', actor_name: 'Shell' }]);

    const full = (JSON.parse((await quarterdeck(env, 'admin', 'list', '--json')).out) as { username: string; roles: string[] }[]).filter(
      ({ roles }) => roles.some(role => role.startsWith('Full')),
    );
    const codes = [];
    for (const { username } of full) codes.push((await quarterdeck(env, 'admin', 'disable', username, '--yes')).code);
    expect(codes.filter(code => code === 1)).toHaveLength(1);
  },
  SLOW,
);

test(
  'a second factor is removed, once',
  async ({ env, orm }) => {
    const em = orm.em.fork();
    const person = await someone(em, 'dashboard.view');
    expect((await quarterdeck(env, 'admin', 'reset-second-factor', person.username, '--yes')).code).toBe(1);
    await em.execute(`insert into totp (admin_id, secret, confirmed_at, last_step, created_at) values (?, 'x', now(), 0, now())`, [
      person.id,
    ]);
    expect(await quarterdeck(env, 'admin', 'reset-second-factor', person.username, '--yes')).toMatchObject({ code: 0 });
    expect(await em.execute('select 1 from totp where admin_id = ?', [person.id])).toEqual([]);
    expect(await actorsOf(em, 'second-factor.reset')).toMatchObject([{ actor_name: 'Shell' }]);
  },
  SLOW,
);

test(
  'the list names everybody, and unknown names are told',
  async ({ env }) => {
    const { out, code } = await quarterdeck(env, 'admin', 'list');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^USERNAME +NAME +EMAIL +ROLES +STATE +LAST SEEN$/);
    expect(out).toMatch(/^rescue +Res Cue +rescue@northwind\.example +.*Full Administrator.* +(active|disabled) +never$/m);
    const nobody = await quarterdeck(env, 'admin', 'reset-password', 'nobody');
    expect([nobody.code, nobody.err]).toEqual([1, 'There is no admin called nobody. `quarterdeck admin list` names them all.\n']);
    expect((await quarterdeck(env, 'admin', 'reset-password')).code).toBe(1);
  },
  SLOW,
);

test(
  'business figures are made anew from the events, and it is said how far that has come',
  async ({ env, orm }) => {
    const em = orm.em.fork();
    await em.execute(
      `insert into event (id, type, at, actor_kind, actor_name, facts)
       select gen_random_uuid(), 'order.placed', now(), 'key', 'Shop', jsonb_build_object('order', n::text, 'total', '{"amount":1,"currency":"EUR"}'::jsonb)
         from generate_series(1, 1200) n`,
    );
    while ((await dispatch({ orm, log: createLog('silent') }, [])).sealed.length > 0);
    const { code, out } = await quarterdeck(env, 'projections', 'rebuild');
    expect(code).toBe(0);
    expect(out).toMatch(/^500 of 1,\d{3} events\n1,000 of 1,\d{3} events\nThe business figures were made anew from 1,\d{3} events\.\n$/);
    expect(await em.count(ProjectedOrder, { state: 'placed' })).toBe(1200);
    expect(await actorsOf(em, 'projections.rebuilt')).toMatchObject([{ actor_kind: 'system', actor_name: 'Shell' }]);
  },
  SLOW,
);

test(
  'the database of a stopped `npm start` is started for the command, and stopped after it',
  async ({ env }) => {
    const { DATA_DIR = '' } = ownData();
    const own = { ...env, DATABASE_URL: '', DATA_DIR };
    expect((await quarterdeck(own, 'admin', 'list')).err).toContain('There is no database in');
    const postgres = await new Postgres({ dataDir: path.join(DATA_DIR, 'postgres') }).start();
    const url = postgres.url('quarterdeck');
    await migrate(url);
    const fresh = await openOrm(url);
    await furnish(fresh.em.fork());
    expect((await quarterdeck(own, 'admin', 'list')).err).toContain('is not set up yet');
    await setUp(fresh.em.fork());
    const person = await someone(fresh.em.fork(), 'dashboard.view');
    await fresh.close();
    await postgres.stop();
    const { code, out } = await quarterdeck(own, 'admin', 'list');
    expect([code, out]).toEqual([0, expect.stringContaining(person.username)]);
    expect(existsSync(path.join(DATA_DIR, 'postgres/postmaster.pid'))).toBe(false);
  },
  SLOW,
);
