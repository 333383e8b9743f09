import { expect } from 'vitest';
import { test } from '../../support/app.ts';
import { expiringKeys } from '#server/auth/expiring-keys.ts';
import { Caller } from '../../support/caller.ts';
import { browserOf, someRole, someone } from '../../support/people.ts';

test('a key is made, works within its scopes, shows its use and is dead once revoked', async ({ owner, server }) => {
  const { key, ...made } = await owner.call('POST /api-keys', { body: { name: 'Billing', scopes: ['presence.view'] } });
  expect(made).toMatchObject({
    name: 'Billing',
    scopes: ['presence.view'],
    state: 'active',
    owner: { name: 'Ana Ruiz' },
    lastUsed: null,
    endsIn: key.slice(-4),
  });
  const program = new Caller(server.url, key);
  expect(await program.codeOf('GET /presence')).toBe('ok');
  // no scope of any key: sign-in, keys, roles and staff are for people
  for (const name of ['GET /api-keys', 'GET /roles', 'GET /admins', 'GET /me/sessions', 'GET /settings'] as const)
    expect(await program.codeOf(name)).toBe('forbidden');
  expect(await program.codeOf('POST /api-keys', { body: { name: 'Child', scopes: ['presence.view'] } })).toBe('forbidden');
  const list = await owner.call('GET /api-keys');
  expect(list.items).toMatchObject([{ id: made.id, lastUsed: { from: '127.0.0.1' } }]);
  expect(JSON.stringify(list)).not.toContain(key);
  expect(await owner.call('DELETE /api-keys/:id', { params: { id: made.id } })).toMatchObject({ state: 'revoked' });
  expect(await program.codeOf('GET /presence')).toBe('bad_api_key');
});

test('says which scopes give nothing any more, that its owner is disabled, and which keys end within two weeks', async ({
  owner,
  server,
  orm,
}) => {
  const em = orm.em.fork();
  const [maker, keyring] = [await someone(em, 'keys.edit', 'events.write', 'queues.view'), await someRole(em, 'keys.edit', 'queues.view')];
  const theirs = await browserOf(em, maker, server.url);
  const soon = await theirs.call('POST /api-keys', { body: { name: 'Soon', scopes: ['events.write', 'queues.view'], days: 13 } });
  await theirs.call('POST /api-keys', { body: { name: 'Later', scopes: ['events.write'], days: 15 } });
  const shown = async () => (await owner.call('GET /api-keys')).items.find(({ id }) => id === soon.id);
  expect(await shown()).toMatchObject({ state: 'active', lost: [], manageable: true });
  const weaker = await browserOf(em, await someone(em, 'keys.edit'), server.url);
  expect((await weaker.call('GET /api-keys')).items.find(({ id }) => id === soon.id)?.manageable).toBe(false);
  expect(await weaker.codeOf('DELETE /api-keys/:id', { params: { id: soon.id } })).toBe('stronger_than_you');
  expect(await expiringKeys(orm.em.fork())).toMatchObject([{ id: soon.id, name: 'Soon', owner: maker.name }]);
  maker.roles.set([keyring]);
  await em.flush();
  expect(await shown()).toMatchObject({ state: 'active', lost: ['events.write'] });
  maker.disabledAt = new Date();
  await em.flush();
  expect(await shown()).toMatchObject({ state: 'stopped' });
  expect(await expiringKeys(orm.em.fork())).toEqual([]);
  expect(await new Caller(server.url, soon.key).codeOf('GET /queues')).toBe('bad_api_key');
});

test('a key in an address opens nothing', async ({ owner, server }) => {
  const { key } = await owner.call('POST /api-keys', { body: { name: 'Address', scopes: ['presence.view'], days: 1 } });
  const stranger = new Caller(server.url);
  for (const name of ['key', 'api_key', 'apiKey', 'access_token', 'token', 'authorization'])
    expect((await stranger.fetch(`/api/presence?${name}=${key}`)).status, name).toBe(401);
});

test('a scope that is none, and a life without end, are refused', async ({ owner }) => {
  for (const wrong of [{ scopes: ['keys.edit'] }, { scopes: [] }, { days: 0 }, { days: 731 }, { name: '' }, { keyHash: 'x' }]) {
    expect(await owner.codeOf('POST /api-keys', { body: { name: 'Wrong', scopes: ['events.write'], ...wrong } })).toBe('invalid');
  }
  for (const id of ['none', '00000000-0000-7000-8000-000000000000'])
    expect(await owner.codeOf('DELETE /api-keys/:id', { params: { id } })).toBe('not_found');
});
