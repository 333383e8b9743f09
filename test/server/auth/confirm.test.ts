import { expect } from 'vitest';
import { routes } from '#server/app.ts';
import { PASSWORD, test } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';
import { browserOf, someone } from '../../support/people.ts';

const LATER = `update session set confirmed_at = now() - interval '10 minutes'`;
const AGENT = 'test browser';
const key = { name: 'Billing', scopes: ['events.write'], days: 30 };

test('dangerous routes ask who it is, the others do not', () => {
  const asking = routes.filter(route => route.confirmed).map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`);
  for (const name of [
    'POST /invitations',
    'POST /invitations/:id/resend',
    'POST /invitations/:id/link',
    'POST /api-keys',
    'DELETE /api-keys/:id',
    'PUT /notification-providers/:id',
    'DELETE /notification-providers/:id',
  ])
    expect(asking).toContain(name);
  expect(asking.filter(name => name.startsWith('GET '))).toEqual([]);
});

test('a proof holds for ten minutes, by the database’s clock', async ({ server, owner, orm }) => {
  expect(owner.url).toBe(server.url);
  expect(await owner.codeOf('POST /api-keys', { body: key })).toBe('ok');
  await orm.em.fork().execute(`update session set confirmed_at = now() - interval '9 minutes 55 seconds'`);
  expect(await owner.codeOf('POST /api-keys', { body: { ...key, name: 'Second' } })).toBe('ok');
  await orm.em.fork().execute(LATER);
  await expect
    .poll(() => owner.codeOf('POST /api-keys', { body: { ...key, name: 'Third' } }), { timeout: 3000 })
    .toBe('confirmation_needed');
  expect(await owner.codeOf('GET /api-keys')).toBe('ok');
});

test('the password gives the session a new id and ten more minutes; the old cookie is dead', async ({ server, owner, orm, redis }) => {
  await orm.em.fork().execute(LATER);
  const copy = new Caller(server.url);
  copy.cookies.set('quarterdeck', owner.cookies.get('quarterdeck') ?? '');
  const before = await owner.call('GET /session');
  const after = await owner.call('POST /session/confirm', {
    body: { by: 'password', password: PASSWORD },
    headers: { 'user-agent': AGENT },
  });
  expect(after.session.id).toBe(before.session.id);
  expect(Date.parse(after.session.confirmedUntil) - Date.now()).toBeGreaterThan(595_000);
  expect(owner.cookies.get('quarterdeck')).not.toBe(copy.cookies.get('quarterdeck'));
  await expect.poll(() => copy.codeOf('GET /session'), { timeout: 2000 }).toBe('signed_out');
  expect(await owner.codeOf('POST /api-keys', { body: { ...key, name: 'Fourth' } })).toBe('ok');
  const [event] = await orm.em.fork().execute<{ facts: object }[]>(`select facts from event where type = 'session.confirmed'`);
  expect(event?.facts).toMatchObject({ name: 'Ana Ruiz', by: 'their password' });
  await redis.flushAll();
});

test('a wrong password is refused at its field, counted, and moves nothing', async ({ owner, redis }) => {
  await redis.flushAll();
  const cookie = owner.cookies.get('quarterdeck');
  const confirm = (password: string) => owner.codeOf('POST /session/confirm', { body: { by: 'password', password } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => confirm('a wrong horse')));
  expect(answers.filter(code => code === 'wrong_password')).toHaveLength(5);
  expect(answers.filter(code => code === 'too_many_requests')).toHaveLength(15);
  expect(await confirm(PASSWORD)).toBe('too_many_requests');
  expect(owner.cookies.get('quarterdeck')).toBe(cookie);
  await redis.flushAll();
  expect(await confirm(PASSWORD)).toBe('ok');
});

test('of two proofs with the same cookie one counts, so that the browser never holds a cookie that the session gave up', async ({
  server,
  owner,
  redis,
}) => {
  await redis.flushAll();
  const tabs = Array.from({ length: 4 }, () => {
    const tab = new Caller(server.url);
    tab.cookies.set('quarterdeck', owner.cookies.get('quarterdeck') ?? '');
    return tab;
  });
  const codes = await Promise.all(tabs.map(tab => tab.codeOf('POST /session/confirm', { body: { by: 'password', password: PASSWORD } })));
  expect(codes.toSorted()).toEqual(['ok', 'signed_out', 'signed_out', 'signed_out']);
  const winner = tabs[codes.indexOf('ok')];
  expect(await winner?.codeOf('GET /session')).toBe('ok');
  owner.cookies.set('quarterdeck', winner?.cookies.get('quarterdeck') ?? '');
});

test('whoever lacks the right is told that, and asked for nothing', async ({ server, orm }) => {
  const em = orm.em.fork();
  const browser = await browserOf(em, await someone(em, 'keys.view'), server.url);
  await em.execute(LATER);
  expect(await browser.codeOf('POST /api-keys', { body: key })).toBe('forbidden');
});

test('takes one kind of proof and nothing beside it', async ({ owner }) => {
  for (const body of [
    {},
    { password: PASSWORD },
    { by: 'trust' },
    { by: 'password', password: ['x'] },
    { by: 'password', password: PASSWORD, keep: true },
    { by: 'password' },
  ])
    expect(await owner.codeOf('POST /session/confirm', { body }), JSON.stringify(body)).toBe('invalid');
});
