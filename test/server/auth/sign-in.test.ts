import { describe, expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { PASSWORD, test } from '../../support/app.ts';
import { Caller, Refusal } from '../../support/caller.ts';

const signIn = (caller: Caller, login: string, password: string, keep = false) =>
  caller.call('POST /session', { body: { login, password, keep } });
const refusalOf = async (promise: Promise<unknown>): Promise<Refusal> => {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error instanceof Refusal) return error;
  throw new Error('it was not refused', { cause: error });
};

describe('signing in', () => {
  test('works with username and with email, whatever their case', async ({ server, owner }) => {
    expect((await owner.call('GET /session')).me.name).toBe('Ana Ruiz');
    for (const login of ['ana', 'ANA', 'ana@northwind.example', ' Ana@Northwind.Example ']) {
      const browser = new Caller(server.url);
      expect((await signIn(browser, login, PASSWORD)).me.username).toBe('ana');
      expect((await browser.call('GET /session')).permissions).toContain('admins.invite');
    }
  });

  test('gives a cookie that scripts cannot read and other sites cannot send', async ({ server, owner }) => {
    expect(owner.cookies.size).toBe(2);
    const response = await new Caller(server.url).fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'ana', password: PASSWORD }),
    });
    for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict/);
    expect(response.headers.getSetCookie().find(cookie => cookie.startsWith('quarterdeck='))).not.toContain('Max-Age');
  });

  test('answers an unknown name, a wrong password and a disabled account alike', async ({ server, owner, orm }) => {
    expect(owner.url).toBe(server.url);
    const unknown = await refusalOf(signIn(new Caller(server.url), 'nobody', PASSWORD));
    const wrong = await refusalOf(signIn(new Caller(server.url), 'ana', 'wrong horse battery staple'));
    await orm.em.fork().execute(`update admin set disabled_at = now() where username = 'ana'`);
    const disabled = await refusalOf(signIn(new Caller(server.url), 'ana', PASSWORD));
    await orm.em.fork().execute(`update admin set disabled_at = null where username = 'ana'`);
    for (const { problem } of [unknown, wrong, disabled]) {
      expect({ ...problem, requestId: '' }).toEqual({
        type: 'about:blank',
        title: expect.any(String) as string,
        status: 401,
        code: 'wrong_credentials',
        requestId: '',
      });
    }
  });

  test('never refuses a character that a password once could have', async ({ server, owner }) => {
    expect(owner.url).toBe(server.url);
    expect((await refusalOf(signIn(new Caller(server.url), 'someone', `p&amp;"q'<>`))).problem.code).toBe('wrong_credentials');
  });

  test('writes refusals into the log with the address, never the password', async ({ orm }) => {
    const refused = await orm.em.fork().find(Event, { type: 'session.refused' });
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.map(event => event.facts)).toContainEqual({ login: 'nobody', address: '127.0.0.1' });
    expect(JSON.stringify(refused)).not.toContain('battery');
  });
});

describe('guessing', () => {
  test('is refused after five, with the time left, for known and unknown names alike, also when all come at once', async ({
    server,
    owner,
    redis,
  }) => {
    expect(owner.url).toBe(server.url);
    for (const name of ['ana', 'nobodyatall']) {
      await redis.flushAll();
      const answers = await Promise.all(Array.from({ length: 30 }, () => refusalOf(signIn(new Caller(server.url), name, 'guess'))));
      const codes = answers.map(({ problem }) => problem.code);
      expect(codes.filter(code => code === 'wrong_credentials')).toHaveLength(5);
      expect(codes.filter(code => code === 'too_many_tries')).toHaveLength(25);
      const refusal = answers.find(({ problem }) => problem.code === 'too_many_tries');
      expect(refusal?.problem.retryAfter).toBeGreaterThan(600);
      expect(refusal?.response.headers.get('retry-after')).toBe(String(refusal?.problem.retryAfter));
    }
  });

  test('by strangers does not keep the owner out on a browser that knows them', async ({ server, redis }) => {
    await redis.flushAll();
    const known = new Caller(server.url);
    await signIn(known, 'ana', PASSWORD);
    const device = known.cookies.get('quarterdeck-device') ?? '';
    for (let i = 0; i < 6; i += 1) await refusalOf(signIn(new Caller(server.url), 'ana', 'guess'));
    expect((await refusalOf(signIn(new Caller(server.url), 'ana', PASSWORD))).problem.code).toBe('too_many_tries');
    const back = new Caller(server.url);
    back.cookies.set('quarterdeck-device', device);
    expect((await signIn(back, 'ana', PASSWORD)).me.username).toBe('ana');
    const forger = new Caller(server.url);
    forger.cookies.set('quarterdeck-device', `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}`);
    expect((await refusalOf(signIn(forger, 'ana', PASSWORD))).problem.code).toBe('too_many_tries');
    await redis.flushAll();
  });
});
