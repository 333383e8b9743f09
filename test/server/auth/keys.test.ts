import { expect } from 'vitest';
import { ApiKey } from '#server/auth/ApiKey.ts';
import { findKey, makeKey, revokeKey } from '#server/auth/keys.ts';
import { Event } from '#server/events/Event.ts';
import { actorOf, furnish, someRole, someone } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';

const test = world.extend('house', { scope: 'file' }, async ({ orm }) => {
  await furnish(orm.em.fork());
  const make = async () => {
    const em = orm.em.fork();
    const owner = await someone(em, 'keys.edit', 'events.write', 'queues.view');
    const made = await makeKey(orm.em.fork(), actorOf(owner), {
      name: 'Billing',
      scopes: ['events.write', 'queues.view', 'events.write'],
      days: 90,
    });
    return { em, owner, ...made };
  };
  return { make };
});

test('is shown once, kept as a hash, and told apart by its end', async ({ orm, house }) => {
  const { em, key, secret } = await house.make();
  expect(secret).toMatch(/^qd_[\w-]{43}$/);
  expect(secret.endsWith(key.endsIn)).toBe(true);
  const [row] = await em.execute<{ row: string; days: number }[]>(
    `select api_key::text as row, extract(epoch from expires_at - created_at) / 86400 as days from api_key where id = ?`,
    [key.id],
  );
  expect(row?.row).not.toContain(secret.slice(3));
  expect(Number(row?.days)).toBe(90);
  const event = await orm.em.fork().findOneOrFail(Event, { type: 'key.made', facts: { keyId: key.id } });
  expect(event.facts).toEqual({ keyId: key.id, name: 'Billing', scopes: ['events.write', 'queues.view'] });
});

test('carries nothing that its maker does not hold', async ({ orm }) => {
  const maker = await someone(orm.em.fork(), 'keys.edit', 'events.write');
  const making = makeKey(orm.em.fork(), actorOf(maker), { name: 'Greedy', scopes: ['events.write', 'activity.view'], days: 1 });
  await expect(making).rejects.toMatchObject({
    code: 'forbidden',
    extra: { missing: { permission: 'activity.view', label: 'View activity log' } },
  });
  expect(await orm.em.fork().count(ApiKey, { name: 'Greedy' })).toBe(0);
});

test('is not made by somebody who is disabled meanwhile: it would come to life with the account', async ({ orm }) => {
  const em = orm.em.fork();
  const maker = await someone(em, 'keys.edit', 'events.write');
  maker.disabledAt = new Date();
  await em.flush();
  const making = makeKey(orm.em.fork(), actorOf(maker), { name: 'Late', scopes: ['events.write'], days: 1 });
  await expect(making).rejects.toMatchObject({ code: 'signed_out' });
  expect(await orm.em.fork().count(ApiKey, { name: 'Late' })).toBe(0);
});

test('is revoked by its owner, and by whoever holds all that the owner holds', async ({ orm, house }) => {
  const { key, secret, owner } = await house.make();
  const weaker = await someone(orm.em.fork(), 'keys.edit', 'events.write');
  await expect(revokeKey(orm.em.fork(), actorOf(weaker), key.id)).rejects.toMatchObject({ code: 'stronger_than_you' });
  expect(await findKey(orm.em.fork(), secret, '192.0.2.1')).toBeDefined();
  const equal = await someone(orm.em.fork(), 'keys.edit', 'events.write', 'queues.view');
  for (const by of [equal, owner]) expect((await revokeKey(orm.em.fork(), actorOf(by), key.id)).revokedAt).toBeInstanceOf(Date);
  expect(await orm.em.fork().count(Event, { type: 'key.revoked', facts: { keyId: key.id } })).toBe(1);
});

test('may do what its owner may do now', async ({ orm, house }) => {
  const { em, owner, secret } = await house.make();
  expect([...((await findKey(orm.em.fork(), secret, '192.0.2.1'))?.permissions ?? [])].sort()).toEqual(['events.write', 'queues.view']);
  owner.roles.set([await someRole(em, 'events.write', 'settings.edit')]);
  await em.flush();
  const found = await findKey(orm.em.fork(), secret, '192.0.2.1');
  expect(found?.owner.id).toBe(owner.id);
  expect([...(found?.permissions ?? [])]).toEqual(['events.write']);
});

test('is dead when it is revoked, expired or unknown, or its owner is disabled', async ({ orm, house }) => {
  const ends: ((made: Awaited<ReturnType<typeof house.make>>) => Promise<unknown>)[] = [
    ({ key, owner }) => revokeKey(orm.em.fork(), actorOf(owner), key.id),
    ({ em, key }) => em.execute('update api_key set expires_at = now() where id = ?', [key.id]),
    ({ em, owner }) => em.execute('update admin set disabled_at = now() where id = ?', [owner.id]),
  ];
  for (const end of ends) {
    const made = await house.make();
    expect(await findKey(orm.em.fork(), made.secret, '192.0.2.1')).toBeDefined();
    await end(made);
    expect(await findKey(orm.em.fork(), made.secret, '192.0.2.1')).toBeUndefined();
  }
  const { secret } = await house.make();
  for (const wrong of ['', 'qd_', secret.slice(0, -1), `${secret}A`, secret.toUpperCase(), ` ${secret}`, `qd_${'A'.repeat(43)}`]) {
    expect(await findKey(orm.em.fork(), wrong, '192.0.2.1')).toBeUndefined();
  }
});

test('its first use is an event, also when many come at once, and the last use is written once a minute', async ({ orm, house }) => {
  const { em, key, secret } = await house.make();
  await Promise.all(Array.from({ length: 20 }, () => findKey(orm.em.fork(), secret, '192.0.2.7')));
  const events = await em.find(Event, { type: 'key.first-used', facts: { keyId: key.id } });
  expect(events.map(({ actorKind, actorId, address }) => ({ actorKind, actorId, address }))).toEqual([
    { actorKind: 'key', actorId: key.id, address: '192.0.2.7' },
  ]);
  const lastUse = () => orm.em.fork().findOneOrFail(ApiKey, key.id);
  const first = await lastUse();
  await findKey(orm.em.fork(), secret, '192.0.2.8');
  expect(await lastUse()).toMatchObject({ lastUsedAt: first.lastUsedAt, lastUsedFrom: '192.0.2.7' });
  await em.execute(`update api_key set last_used_at = now() - interval '61 seconds' where id = ?`, [key.id]);
  await findKey(orm.em.fork(), secret, '192.0.2.8');
  expect((await lastUse()).lastUsedFrom).toBe('192.0.2.8');
});

test('reading a key changes neither it nor the roles behind it', async ({ orm, house }) => {
  const { em, owner, key, secret } = await house.make();
  await findKey(orm.em.fork(), secret, '192.0.2.1');
  await revokeKey(orm.em.fork(), actorOf(owner), key.id);
  await revokeKey(orm.em.fork(), actorOf(owner), key.id);
  expect(await em.count(Event, { type: 'key.revoked', facts: { keyId: key.id } })).toBe(1);
  const [role] = await em.execute<{ version: number }[]>(
    'select r.version from role r join admin_roles ar on ar.role_id = r.id where ar.admin_id = ?',
    [owner.id],
  );
  expect(role?.version).toBe(1);
});
