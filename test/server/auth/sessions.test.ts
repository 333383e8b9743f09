import { describe, expect } from 'vitest';
import { PASSWORD, test } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';

async function signedIn(url: string, keep = false, agent?: string): Promise<Caller> {
  const caller = new Caller(url);
  await caller.call('POST /session', {
    body: { login: 'ana', password: PASSWORD, keep },
    ...(agent ? { headers: { 'user-agent': agent } } : {}),
  });
  return caller;
}
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('a login session', () => {
  test('gets a new id at each sign-in, whatever cookie was planted', async ({ server, owner, redis }) => {
    expect(owner.cookies.get('quarterdeck')).toMatch(/^[\w-]{43}$/);
    const planted = new Caller(server.url);
    planted.cookies.set('quarterdeck', 'A'.repeat(43));
    expect(await planted.codeOf('GET /session')).toBe('signed_out');
    await planted.call('POST /session', { body: { login: 'ana', password: PASSWORD } });
    expect(planted.cookies.get('quarterdeck')).not.toBe('A'.repeat(43));
    await redis.flushAll();
  });

  test('is kept as a hash only', async ({ owner, orm }) => {
    const rows = await orm.em.fork().execute<object[]>('select * from session');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(owner.cookies.get('quarterdeck'));
  });

  test('is over after signing out, also for a copy of the cookie', async ({ server, owner, redis }) => {
    expect(owner.url).toBe(server.url);
    const browser = await signedIn(server.url);
    const copy = new Caller(server.url);
    copy.cookies.set('quarterdeck', browser.cookies.get('quarterdeck') ?? '');
    expect(await copy.codeOf('GET /session')).toBe('ok');
    await browser.call('DELETE /session');
    expect(browser.cookies.has('quarterdeck')).toBe(false);
    await expect.poll(() => copy.codeOf('GET /session')).toBe('signed_out');
    await redis.flushAll();
  });

  test('ends when idle too long, at its longest time, and says which', async ({ server, owner, orm, redis }) => {
    expect(owner.url).toBe(server.url);
    for (const [shift, why] of [
      [`last_seen_at = now() - interval '31 minutes'`, /nothing happened/],
      [`expires_at = now() - interval '1 second'`, /longest time/],
    ] as const) {
      const browser = await signedIn(server.url);
      const { session } = await browser.call('GET /session');
      await orm.em.fork().execute(`update session set ${shift} where id = ?`, [session.id]);
      await expect.poll(() => browser.codeOf('GET /session'), { timeout: 5000 }).toBe('signed_out');
      const answer = (await (await browser.fetch('/api/session')).json()) as { detail: string };
      expect(answer.detail).toMatch(why);
    }
    await redis.flushAll();
  });

  test('is prolonged by what the person does, and not by what a page asks for by itself', async ({ server, owner, orm, redis }) => {
    expect(owner.url).toBe(server.url);
    const em = orm.em.fork();
    const browser = await signedIn(server.url);
    const [session] = await em.execute<{ id: string }[]>(
      `update session set last_seen_at = now() - interval '20 minutes'
        where id = (select id from session order by created_at desc limit 1) returning id`,
    );
    const idleFor = async (): Promise<number> => {
      const [row] = await em.execute<{ minutes: number }[]>(
        'select round(extract(epoch from now() - last_seen_at) / 60)::int as minutes from session where id = ?',
        [session?.id],
      );
      return row?.minutes ?? NaN;
    };
    const codes = [{ 'quarterdeck-by-itself': '1' }, { 'sec-fetch-dest': 'image' }].map(
      async headers => (await browser.fetch('/api/dashboard', { headers })).status,
    );
    expect(await Promise.all(codes)).toEqual([200, 200]);
    expect(await idleFor()).toBe(20);
    await browser.call('GET /session');
    expect(await idleFor()).toBe(0);
    await redis.flushAll();
  });

  test('that is kept lasts thirty days in a cookie that stays', async ({ server, owner, redis }) => {
    expect(owner.url).toBe(server.url);
    const { session } = await (await signedIn(server.url, true)).call('GET /session');
    const days = (Date.parse(session.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    await redis.flushAll();
  });

  test('is listed with its device, and one or all others can be ended', async ({ server, owner, redis }) => {
    const other = await signedIn(server.url, false, FIREFOX);
    const third = await signedIn(server.url);
    const { items } = await owner.call('GET /me/sessions');
    expect(items.filter(session => session.current)).toHaveLength(1);
    const firefox = items.find(session => session.device === 'Firefox on Windows');
    expect(firefox?.address).toBe('127.0.0.1');
    await owner.call('DELETE /me/sessions/:id', { params: { id: firefox?.id ?? '' } });
    await expect.poll(() => other.codeOf('GET /session')).toBe('signed_out');
    const { ended } = await owner.call('DELETE /me/sessions');
    expect(ended).toBeGreaterThan(0);
    await expect.poll(() => third.codeOf('GET /session')).toBe('signed_out');
    expect((await owner.call('GET /me/sessions')).items).toHaveLength(1);
    await redis.flushAll();
  });

  test('beyond the tenth ends the one that was used least lately', async ({ server, owner, orm, redis }) => {
    expect(owner.url).toBe(server.url);
    for (let i = 0; i < 12; i += 1) {
      await signedIn(server.url);
      await redis.flushAll();
    }
    const [row] = await orm.em
      .fork()
      .execute<{ open: string }[]>('select count(*) as open from session where ended_at is null and expires_at > now()');
    expect(Number(row?.open)).toBeLessThanOrEqual(10);
  });
});

describe('the own account', () => {
  test('changes with its version, and a second editor is told', async ({ server, owner, orm }) => {
    expect(server.url).toBe(owner.url);
    await owner.call('POST /session', { body: { login: 'ana', password: PASSWORD } });
    const { me } = await owner.call('GET /session');
    const changed = await owner.call('PATCH /me', { body: { version: me.version, firstName: 'Anna', rowsPerPage: 100, language: 'en' } });
    expect(changed).toMatchObject({ firstName: 'Anna', rowsPerPage: 100, language: 'en', version: me.version + 1 });
    expect(await owner.codeOf('PATCH /me', { body: { version: me.version, firstName: 'Ana' } })).toBe('conflict');
    const [event] = await orm.em.fork().execute<{ facts: { changes: object } }[]>(`select facts from event where type = 'admin.edited'`);
    expect(event?.facts.changes).toEqual({
      firstName: { before: 'Ana', after: 'Anna' },
      rowsPerPage: { before: null, after: 100 },
      language: { before: null, after: 'en' },
    });
  });

  test('asks who it is before the email changes, and refuses fields that are not one’s own to set', async ({ owner, orm }) => {
    const { me } = await owner.call('GET /session');
    const email = 'anna@northwind.example';
    await orm.em.fork().execute(`update session set confirmed_at = now() - interval '11 minutes'`);
    const later = { version: 0, email }; // which only a fresh proof gets as far as the version
    await expect.poll(() => owner.codeOf('PATCH /me', { body: later }), { timeout: 3000 }).toBe('confirmation_needed');
    await owner.call('POST /session/confirm', { body: { by: 'password', password: PASSWORD } });
    expect((await owner.call('PATCH /me', { body: { version: me.version, email } })).email).toBe(email);
    for (const field of ['superadmin', 'passwordHash', 'disabledAt', 'id', 'authEpoch', 'roles', '__proto__x']) {
      expect(await owner.codeOf('PATCH /me', { body: { version: me.version + 1, [field]: 1 } }), field).toBe('invalid');
    }
  });

  test('gets a new password that ends every other session and lets this one go on under a new id', async ({ server, owner, redis }) => {
    await redis.flushAll();
    const other = await signedIn(server.url);
    const before = owner.cookies.get('quarterdeck');
    expect(await owner.codeOf('PUT /me/password', { body: { current: 'wrong', next: 'a new horse, and so on' } })).toBe('wrong_password');
    // from two pages at once: one sets it, and the other is told
    const twin = new Caller(server.url);
    twin.cookies.set('quarterdeck', before ?? '');
    const tries = [
      { page: owner, next: 'a new horse, and another staple' },
      { page: twin, next: 'a new cow, and another stable' },
    ];
    const codes = await Promise.all(tries.map(({ page, next }) => page.codeOf('PUT /me/password', { body: { current: PASSWORD, next } })));
    expect(codes.toSorted()).toEqual(['conflict', 'ok']);
    const { page, next } = tries[codes.indexOf('ok')] ?? expect.fail('nobody set it');
    expect(page.cookies.get('quarterdeck')).not.toBe(before);
    expect(await page.codeOf('GET /session')).toBe('ok');
    await expect.poll(() => other.codeOf('GET /session')).toBe('signed_out');
    expect(await new Caller(server.url).codeOf('POST /session', { body: { login: 'ana', password: PASSWORD } })).toBe('wrong_credentials');
    expect(await new Caller(server.url).codeOf('POST /session', { body: { login: 'ana', password: next } })).toBe('ok');
  });
});
