import { describe, expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { Event } from '#server/events/Event.ts';
import { PASSWORD, test } from '../../../support/app.ts';
import type { Caller } from '../../../support/caller.ts';
import { browserOf } from '../../../support/people.ts';
import { type App, afterPassword, appOf, enrolApp } from '../../../support/factors.ts';

/** Makes earlier codes good again, as time would make new ones. */
async function rewind(orm: { em: { fork(): { execute(sql: string): Promise<unknown> } } }): Promise<void> {
  await orm.em.fork().execute('update totp set last_step = 0');
}
const give = (browser: Caller, app: App) =>
  browser.call('POST /session/second-factor', { body: { proof: { by: 'app', code: app.code() } } });

describe('an authenticator app', () => {
  test('counts once a code confirmed it, and comes with ten recovery codes', async ({ owner, orm }) => {
    const begun = await owner.call('POST /me/second-factors/app');
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Northwind:ana\?issuer=Northwind&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/);
    expect(begun.svg).toMatch(/^<svg /);
    expect((await owner.call('GET /me/second-factors')).app).toBeNull();
    expect(await owner.codeOf('PUT /me/second-factors/app', { body: { code: '000000' } })).toBe('invalid');
    expect((await owner.call('GET /session')).enrolBy).not.toBeNull();
    const before = owner.cookies.get('quarterdeck');
    const app = appOf(begun.secret);
    const { codes, factors } = await owner.call('PUT /me/second-factors/app', { body: { code: app.code() } });
    expect(owner.cookies.get('quarterdeck')).not.toBe(before);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes ?? []) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(factors).toMatchObject({ codesLeft: 10, demandedBy: ['Full Administrator'], enrolBy: null });
    expect(await owner.call('GET /session')).toMatchObject({ wants: null, enrolBy: null, ways: ['app', 'recovery'] });
    const stored = JSON.stringify(await orm.em.fork().execute('select * from totp, recovery_code'));
    expect(stored).not.toContain(begun.secret);
    expect(stored).not.toContain(codes?.[0] ?? '-');
    await owner.call('POST /session', { body: { login: 'ana', password: PASSWORD } });
    expect(await owner.call('GET /session')).toMatchObject({ wants: 'second-factor', permissions: [] });
    await rewind(orm);
    expect(await give(owner, app)).toMatchObject({ wants: null, me: { email: 'ana@northwind.example' } });
  });

  test('takes the same code once, also of twenty at the same instant', async ({ server, owner, orm }) => {
    const app = await enrolApp(owner);
    const code = app.code();
    const em = orm.em.fork();
    const ana = await em.findOneOrFail(Admin, { username: 'ana' });
    const browsers = await Promise.all(Array.from({ length: 20 }, () => browserOf(em.fork(), ana, server.url, 'password')));
    const answers = await Promise.all(
      browsers.map(browser => browser.codeOf('POST /session/second-factor', { body: { proof: { by: 'app', code } } })),
    );
    expect(answers.filter(answer => answer === 'ok')).toHaveLength(1);
    const events = await orm.em.fork().find(Event, { type: 'second-factor.refused' });
    expect(events.length).toBeGreaterThan(0);
    expect(events[0]?.facts).toMatchObject({ name: 'Ana Ruiz', factor: 'app code' });
    expect(JSON.stringify(events)).not.toContain(code);
  });

  test('can be replaced, and the one before goes on until the new one is confirmed', async ({ server, owner, orm, redis }) => {
    await redis.flushAll();
    const old = await enrolApp(owner);
    const next = appOf((await owner.call('POST /me/second-factors/app')).secret);
    await rewind(orm);
    await give(await afterPassword(server.url, 'ana'), old);
    expect((await owner.call('PUT /me/second-factors/app', { body: { code: next.code() } })).codes).toBeNull();
    await rewind(orm);
    const browser = await afterPassword(server.url, 'ana');
    const code = appOf(old.secret).code();
    expect(await browser.codeOf('POST /session/second-factor', { body: { proof: { by: 'app', code } } })).toBe('wrong_code');
    await give(browser, next);
  });
});

describe('recovery codes', () => {
  test('work once each, however they were copied, and are counted', async ({ server, owner, redis, orm }) => {
    await redis.flushAll();
    const { codes } = await owner.call('POST /me/second-factors/recovery-codes');
    const [first = '', second = ''] = codes;
    const browsers = await Promise.all(Array.from({ length: 4 }, () => afterPassword(server.url, 'ana')));
    const proof = {
      by: 'recovery',
      code: ` ${first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `,
    } as const;
    const answers = await Promise.all(browsers.map(browser => browser.codeOf('POST /session/second-factor', { body: { proof } })));
    expect(answers.filter(answer => answer === 'ok')).toHaveLength(1);
    expect((await owner.call('GET /me/second-factors')).codesLeft).toBe(9);
    expect((await orm.em.fork().find(Event, { type: 'recovery-code.used' })).map(({ facts }) => facts)).toEqual([
      expect.objectContaining({ name: 'Ana Ruiz', left: 9 }),
    ]);
    await owner.call('POST /me/second-factors/recovery-codes');
    await redis.flushAll();
    const late = await afterPassword(server.url, 'ana');
    expect(await late.codeOf('POST /session/second-factor', { body: { proof: { by: 'recovery', code: second } } })).toBe('wrong_code');
  });
});

describe('guessing', () => {
  test('ends the half session at the fifth wrong code, and a lock holds for the next one', async ({ server, owner, redis }) => {
    expect(owner.url).toBe(server.url);
    await redis.flushAll();
    const browser = await afterPassword(server.url, 'ana');
    const guess = { body: { proof: { by: 'recovery', code: 'AAAA-AAAA-AAAA-AAAA' } } } as const;
    const answers = [];
    for (let i = 0; i < 5; i += 1) answers.push(await browser.codeOf('POST /session/second-factor', guess));
    expect(answers).toEqual(['wrong_code', 'wrong_code', 'wrong_code', 'wrong_code', 'too_many_tries']);
    expect(browser.cookies.has('quarterdeck')).toBe(false);
    expect(await (await afterPassword(server.url, 'ana')).codeOf('POST /session/second-factor', guess)).toBe('too_many_tries');
    await redis.flushAll();
  });

  test('at the front closes the side as well', async ({ server, owner, redis }) => {
    expect(owner.url).toBe(server.url);
    await redis.flushAll();
    const browser = await afterPassword(server.url, 'ana');
    for (let i = 0; i < 5; i += 1) await browser.codeOf('POST /session', { body: { login: 'ana@northwind.example', password: 'guess' } });
    const code = { body: { proof: { by: 'recovery', code: 'AAAA-AAAA-AAAA-AAAA' } } } as const;
    expect(await browser.codeOf('POST /session/second-factor', code)).toBe('too_many_tries');
    await redis.flushAll();
  });
});
