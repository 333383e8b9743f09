import { describe, expect } from 'vitest';
import { PASSWORD, test } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';
import { inviteBy } from '../../support/invite.ts';
import { browserOf, someRole, superadmin, withRoles } from '../../support/people.ts';
import { NEXT, member, newestToken } from './people.ts';

const redeem = (url: string, token: string, password = NEXT) =>
  new Caller(url).codeOf('POST /password-resets/redeem', { body: { token, password } });
const lookUp = (url: string, token: string) => new Caller(url).codeOf('POST /password-resets/lookup', { body: { token } });

describe('asking for a link', () => {
  test('answers the same, byte for byte, for whoever is there, is not, is disabled, or has asked too often', async ({
    server,
    owner,
    orm,
    redis,
  }) => {
    expect(owner.url).toBe(server.url);
    await redis.flushAll();
    const em = orm.em.fork();
    const [active, disabled] = [await member(em), await member(em)];
    await em.execute('update admin set disabled_at = now() where id = ?', [disabled.id]);
    const logins = [
      active.username,
      active.email.toUpperCase(),
      active.username,
      active.username,
      disabled.username,
      'nobody',
      'nobody@northwind.example',
    ];
    const answers = [];
    for (const login of logins) {
      const response = await new Caller(server.url).fetch('/api/password-resets', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login }),
      });
      answers.push([response.status, await response.text()]);
    }
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify([202, '{"minutes":30}'])]));
    const counts = await em.execute<{ type: string; n: number }[]>(
      `select type, count(*)::int as n from event where type like 'password.reset-%' group by type order by type`,
    );
    expect(counts).toEqual([
      { type: 'password.reset-refused', n: 3 },
      { type: 'password.reset-requested', n: 3 }, // and the fourth within an hour sends nothing
    ]);
  });

  test('takes one name or one address, and nothing that could become two', async ({ server, owner, orm, redis }) => {
    await redis.flushAll();
    await owner.call('GET /session');
    const before = await orm.em.fork().execute('select id from password_reset');
    const ana = 'ana@northwind.example';
    const bad: unknown[] = [
      [ana, 'eve@evil.example'],
      { $gt: '' },
      `${ana},eve@evil.example`,
      `${ana}, eve@evil.example`,
      `${ana};eve@evil.example`,
      `${ana}\r\nBcc: eve@evil.example`,
      `"ana"@northwind.example, x`,
      `${ana}\0`,
      'ana ruiz',
      '',
      ' ',
      null,
      true,
      7,
      'a'.repeat(300),
    ];
    const caller = new Caller(server.url);
    for (const login of bad)
      expect(await caller.codeOf('POST /password-resets', { body: { login } }), JSON.stringify(login)).toBe('invalid');
    expect(await caller.codeOf('POST /password-resets', { body: { login: 'ana', email: 'eve@evil.example' } })).toBe('invalid');
    expect(await caller.codeOf('POST /password-resets', { body: [{ login: 'ana' }] })).toBe('invalid');
    expect(await orm.em.fork().execute('select id from password_reset')).toEqual(before);
  });

  test('sends nothing any more after ten from one place', async ({ server, owner, orm, redis }) => {
    await redis.flushAll();
    await owner.call('GET /session');
    const em = orm.em.fork();
    const people = [];
    for (let i = 0; i < 12; i += 1) people.push(await withRoles(em, await someRole(em, 'dashboard.view')));
    for (const { username } of people) await new Caller(server.url).call('POST /password-resets', { body: { login: username } });
    const [row] = await em.execute<{ n: number }[]>('select count(*)::int as n from password_reset where admin_id in (?)', [
      people.map(({ id }) => id),
    ]);
    expect(row?.n).toBe(10);
    await redis.flushAll();
  });
});

describe('a link', () => {
  test('sets a new password once, ends all sessions, and lets nobody in by itself', async ({ server, owner, orm, redis }) => {
    expect(owner.url).toBe(server.url);
    await redis.flushAll();
    const em = orm.em.fork();
    const person = await member(em);
    const browser = await browserOf(em, person, server.url);
    await new Caller(server.url).call('POST /password-resets', { body: { login: person.email } });
    const token = await newestToken(em, person.id);
    const holder = new Caller(server.url);
    for (let i = 0; i < 3; i += 1)
      expect(await holder.call('POST /password-resets/lookup', { body: { token } })).toMatchObject({
        username: person.username,
        passwordMinimum: 12,
      });

    expect(await redeem(server.url, token, 'short')).toBe('invalid');
    expect(await redeem(server.url, token, `${NEXT}<`)).toBe('invalid');
    expect(await redeem(server.url, token, 'passwordpassword')).toBe('invalid');
    await holder.call('POST /password-resets/redeem', { body: { token, password: NEXT } });
    expect(holder.cookies.has('quarterdeck')).toBe(false);
    await expect.poll(() => browser.codeOf('GET /session'), { timeout: 2000 }).toBe('signed_out');
    const said = (await (await browser.fetch('/api/session')).json()) as { detail: string };
    expect(said.detail).toBe('You were signed out because your password was set anew by a link.');
    const signIn = (password: string) => new Caller(server.url).codeOf('POST /session', { body: { login: person.username, password } });
    expect([await signIn(PASSWORD), await signIn(NEXT)]).toEqual(['wrong_credentials', 'ok']);
    expect([await redeem(server.url, token), await lookUp(server.url, token)]).toEqual(['dead_link', 'dead_link']);
    const events = await em.execute<{ type: string; actor_name: string; facts: object }[]>(
      `select type, actor_name, facts from event where facts->>'adminId' = ? and type like 'password.%' order by stored_at`,
      [person.id],
    );
    expect(events).toMatchObject([
      { type: 'password.reset-requested', actor_name: 'Somebody', facts: { by: 'mail' } },
      { type: 'password.reset', actor_name: person.name, facts: { sessions: 1 } },
    ]);
  });

  test('of twenty who use it at once one sets the password, and the others are told', async ({ server, owner, orm, redis }) => {
    expect(owner.url).toBe(server.url);
    await redis.flushAll();
    const em = orm.em.fork();
    const person = await member(em);
    await new Caller(server.url).call('POST /password-resets', { body: { login: person.username } });
    const token = await newestToken(em, person.id);
    await redis.flushAll(); // or the limit would speak first
    const passwords = Array.from({ length: 20 }, (_, i) => `${NEXT} number ${i}`);
    const codes = await Promise.all(passwords.map(password => redeem(server.url, token, password)));
    expect(codes.filter(code => code === 'ok')).toHaveLength(1);
    expect(codes.filter(code => code === 'dead_link')).toHaveLength(19);
    await redis.flushAll();
    const winner = passwords[codes.indexOf('ok')] ?? '';
    expect(await new Caller(server.url).codeOf('POST /session', { body: { login: person.username, password: winner } })).toBe('ok');
  });

  const KILLERS: Record<string, string> = {
    'its time is up': `update password_reset set expires_at = now() where admin_id = ?`,
    'it was used': `update password_reset set used_at = now() where admin_id = ?`,
    'the account is disabled': `update admin set disabled_at = now() where id = ?`,
  };
  for (const [why, sql] of Object.entries(KILLERS)) {
    test(`is dead when ${why}, with one text for every reason`, async ({ server, owner, orm, redis }) => {
      expect(owner.url).toBe(server.url);
      await redis.flushAll();
      const em = orm.em.fork();
      const person = await member(em);
      await new Caller(server.url).call('POST /password-resets', { body: { login: person.username } });
      const token = await newestToken(em, person.id);
      await em.execute(`update password_reset set expires_at = now() + interval '1 second' where admin_id = ?`, [person.id]);
      expect(await lookUp(server.url, token)).toBe('ok');
      await em.execute(sql, [person.id]);
      const texts = [];
      for (const given of [token, 'never-was-one', `${token}x`]) {
        const response = await new Caller(server.url).fetch('/api/password-resets/redeem', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ token: given, password: NEXT }),
        });
        texts.push({ ...((await response.json()) as object), requestId: '' });
      }
      expect(texts[0]).toMatchObject({ code: 'dead_link', status: 410 });
      expect(texts[1]).toEqual(texts[0]);
      expect(texts[2]).toEqual(texts[0]);
    });
  }

  test('is dead once a newer one was asked for, the email changed or the password did', async ({ server, owner, orm, redis }) => {
    expect(owner.url).toBe(server.url);
    const em = orm.em.fork();
    const person = await member(em);
    const browser = await browserOf(em, person, server.url);
    const fresh = async (): Promise<string> => {
      await redis.flushAll();
      await new Caller(server.url).call('POST /password-resets', { body: { login: person.username } });
      return newestToken(em, person.id);
    };
    const older = await fresh();
    const newer = await fresh();
    expect([await lookUp(server.url, older), await lookUp(server.url, newer)]).toEqual(['dead_link', 'ok']);
    const { me } = await browser.call('GET /session');
    await browser.call('PATCH /me', { body: { version: me.version, email: `new.${person.email}` } });
    expect(await lookUp(server.url, newer)).toBe('dead_link');
    const third = await fresh();
    expect(await lookUp(server.url, third)).toBe('ok');
    await browser.call('PUT /me/password', { body: { current: PASSWORD, next: NEXT } });
    expect(await lookUp(server.url, third)).toBe('dead_link');
  });

  test('of another kind opens nothing here', async ({ server, owner, orm, redis }) => {
    await redis.flushAll();
    const role = await someRole(orm.em.fork(), 'dashboard.view');
    const { id } = await inviteBy(owner, { email: 'kim@elsewhere.example', roleIds: [role.id] });
    const { link } = await owner.call('POST /invitations/:id/link', { params: { id } });
    expect(await redeem(server.url, link.split('#')[1] ?? '')).toBe('dead_link');
  });

  test('is not guessed: from one place the tries run out', async ({ server, owner, redis }) => {
    expect(owner.url).toBe(server.url);
    await redis.flushAll();
    const codes = [];
    for (let i = 0; i < 25; i += 1) codes.push(await redeem(server.url, `guess-${i}`));
    expect(codes.filter(code => code === 'dead_link')).toHaveLength(20);
    expect(codes.filter(code => code === 'too_many_requests')).toHaveLength(5);
    await redis.flushAll();
  });

  test('that is dead costs no hash: whoever has none gets no work out of us', async ({ server, owner, redis }) => {
    expect(owner.url).toBe(server.url);
    await redis.flushAll();
    // not even the password is judged
    expect(await redeem(server.url, 'never-was-one', 'short')).toBe('dead_link');
  });
});

describe('sending one to somebody else', () => {
  test('is for those who secure accounts, and who hold all that the other holds', async ({ server, owner, orm, redis }) => {
    expect(owner.url).toBe(server.url);
    await redis.flushAll();
    const em = orm.em.fork();
    const person = await member(em);
    const helper = await browserOf(em, await withRoles(em, await someRole(em, 'admins.secure', 'dashboard.view')), server.url);
    const weak = await browserOf(em, await withRoles(em, await someRole(em, 'admins.secure')), server.url);
    const boss = await superadmin(em);
    const send = (caller: Caller, id: string) => caller.codeOf('POST /admins/:id/password-reset', { params: { id } });
    expect(await helper.call('POST /admins/:id/password-reset', { params: { id: person.id } })).toEqual({
      id: person.id,
      email: person.email,
      minutes: 30,
    });
    expect(await lookUp(server.url, await newestToken(em, person.id))).toBe('ok');
    expect(await send(weak, person.id)).toBe('stronger_than_you');
    expect(await send(helper, boss.id)).toBe('stronger_than_you');
    expect(await send(helper, '00000000-0000-4000-8000-000000000000')).toBe('not_found');
    expect(await send(owner, boss.id)).toBe('ok');
    await em.execute('update admin set disabled_at = now() where id = ?', [person.id]);
    expect(await send(helper, person.id)).toBe('conflict');
    await em.execute('update admin set disabled_at = null where id = ?', [person.id]);
    for (let i = 0; i < 2; i += 1) expect(await send(helper, person.id)).toBe('ok');
    expect(await send(helper, person.id)).toBe('too_many_requests');
  });
});
