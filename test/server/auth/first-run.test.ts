import { describe, expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { PASSWORD, test } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';

const form = (token: string, username = 'ana') => ({
  token,
  organisation: 'Northwind',
  timeZone: 'Europe/Stockholm',
  firstName: 'Ana',
  lastName: 'Ruiz',
  email: `${username}@northwind.example`,
  username,
  password: PASSWORD,
});

describe('the first run', () => {
  test('looks at what it stands on, for whoever has the link', async ({ server }) => {
    const token = server.setupUrl?.split('#')[1] ?? '';
    const stranger = new Caller(server.url);
    const look = { origin: server.url, clock: Date.now() };
    expect(await stranger.codeOf('POST /setup/checks', { body: { token: 'nope', ...look } })).toBe('dead_link');
    const { items } = await stranger.call('POST /setup/checks', { body: { token, ...look } });
    expect(Object.fromEntries(items.map(({ id, state }) => [id, state]))).toEqual({
      postgres: 'ok',
      redis: 'ok',
      disk: 'ok',
      clock: 'ok',
      'base-url': 'ok',
    });
    const foreign = await stranger.call('POST /setup/checks', {
      body: { token, origin: 'https://elsewhere.example', clock: Date.now() - 120_000 },
    });
    expect(foreign.items.find(({ id }) => id === 'base-url')).toMatchObject({
      state: 'bad',
      cure: expect.stringContaining('BASE_URL=https://elsewhere.example') as string,
    });
    expect(foreign.items.find(({ id }) => id === 'clock')).toMatchObject({ state: 'warn', cure: expect.stringContaining('NTP') as string });
  });

  test('refuses a wrong token, a weak password and a bad username, and changes nothing', async ({ server, orm }) => {
    const token = server.setupUrl?.split('#')[1] ?? '';
    const stranger = new Caller(server.url);
    expect(await stranger.codeOf('POST /setup', { body: form(`${token}x`) })).toBe('dead_link');
    expect(await stranger.codeOf('POST /setup', { body: { ...form(token), password: 'short' } })).toBe('invalid');
    expect(await stranger.codeOf('POST /setup', { body: { ...form(token), username: '1ana' } })).toBe('invalid');
    expect(await stranger.codeOf('POST /setup', { body: { ...form(token), timeZone: 'Mars/Base' } })).toBe('invalid');
    expect(await orm.em.fork().count(Admin)).toBe(0);
    expect(await stranger.call('GET /front')).toMatchObject({ setUp: false });
  });

  test('raced by twenty makes one superadmin, and tells the others that it is closed', async ({ server, orm, redis }) => {
    await redis.flushAll();
    const token = server.setupUrl?.split('#')[1] ?? '';
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => new Caller(server.url).codeOf('POST /setup', { body: form(token, `ana${i}`) })),
    );
    expect(codes.filter(code => code === 'ok')).toHaveLength(1);
    expect(codes.filter(code => code === 'setup_closed')).toHaveLength(19);
    expect(await orm.em.fork().count(Admin)).toBe(1);
  });

  test('is closed for ever after, also for the same link', async ({ server, redis }) => {
    await redis.flushAll();
    const token = server.setupUrl?.split('#')[1] ?? '';
    const late = new Caller(server.url);
    expect(await late.codeOf('POST /setup', { body: form(token) })).toBe('setup_closed');
    expect(await late.codeOf('POST /setup/checks', { body: { token, origin: server.url, clock: Date.now() } })).toBe('setup_closed');
    expect(await late.call('GET /front')).toMatchObject({ setUp: true, organisation: 'Northwind' });
  });
});
