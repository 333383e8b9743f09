import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { refreshGravatars } from '#server/admins/avatars/gravatar.ts';
import { test as app } from '../../../support/app.ts';
import { FakeGravatar } from '../../../support/fake-gravatar.ts';
import { browserOf, someone } from '../../../support/people.ts';
import { startWork } from '../../../support/settle.ts';

const hashOf = (email: string): string => createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
const jpeg = (side = 80): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#405060' } })
    .jpeg()
    .toBuffer();

const test = app
  .extend('gravatar', { scope: 'file' }, async ({}, { onCleanup }) => {
    const gravatar = await new FakeGravatar().start();
    onCleanup(() => gravatar.stop());
    return gravatar;
  })
  .extend('work', { scope: 'file' }, async ({ database, redisUrl, gravatar, owner }, { onCleanup }) => {
    expect(owner.cookie).not.toBe('');
    const work = await startWork(database, redisUrl, { env: { GRAVATAR_URL: gravatar.url } });
    onCleanup(() => work.stop());
    return work;
  });

test('Gravatar is asked by the worker, once, by the hash of the address alone, and what it gives is drawn anew', async ({
  owner,
  work,
  gravatar,
}) => {
  const { me } = await owner.call('GET /session');
  gravatar.known.set(hashOf('  ANA@Northwind.example '), { body: await jpeg() });
  await work.settle();
  expect(gravatar.asked).toEqual([`/avatar/${hashOf(me.email)}?s=256&d=404`]);
  const { avatar } = (await owner.call('GET /session')).me;
  expect(avatar).toMatch(/^[0-9a-f]{16}$/);
  const answer = await owner.fetch(`/api/avatars/${me.id}?v=${avatar}`);
  expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({ format: 'webp', width: 256 });
  await refreshGravatars(work.tools.orm.em.fork(), work.tools, new AbortController().signal);
  expect(gravatar.asked, 'what is known is not asked again').toHaveLength(1);
});

test('misses are kept too, and asked about again after an hour; what is no picture is a miss', async ({ work, gravatar, orm }) => {
  const em = orm.em.fork();
  const people = [await someone(em), await someone(em), await someone(em), await someone(em)];
  const [none, html, huge, gone] = people.map(({ email }) => hashOf(email));
  gravatar.known.set(html ?? '', { type: 'image/png', body: '<script>alert(1)</script>' });
  gravatar.known.set(huge ?? '', { body: Buffer.alloc(1024 * 1024 + 1, 1) });
  gravatar.known.set(gone ?? '', { status: 301, body: '' });
  const run = () => refreshGravatars(orm.em.fork(), work.tools, new AbortController().signal);
  const asked = async (deed: () => Promise<unknown>): Promise<number> => {
    const before = gravatar.asked.length;
    await deed();
    return gravatar.asked.length - before;
  };
  // one that cannot be asked ends the run, and the rest waits for the next
  for (let round = 0; round < people.length; round += 1) await run();
  expect(await asked(run)).toBe(0);
  await orm.em.execute(`update gravatar set fetched_at = now() - interval '59 minutes' where hash is null`);
  expect(await asked(run)).toBe(0);
  await orm.em.execute(`update gravatar set fetched_at = now() - interval '61 minutes' where email_hash = ?`, [none]);
  gravatar.known.set(none ?? '', { body: await jpeg(90) });
  expect(await asked(run)).toBe(1);
  const avatars = await orm.em.fork().find(Admin, { id: { $in: people.map(({ id }) => id) } }, { orderBy: { id: 'asc' } });
  expect(avatars.map(({ avatar }) => typeof avatar)).toEqual(['string', 'object', 'object', 'object']);
});

test('while Gravatar is away the last picture stays; of five workers one asks', async ({ work, gravatar, orm, owner }) => {
  const { me } = await owner.call('GET /session');
  await orm.em.execute(`update gravatar set fetched_at = now() - interval '25 hours' where email_hash = ?`, [hashOf(me.email)]);
  gravatar.known.set(hashOf(me.email), { status: 503 });
  const before = gravatar.asked.length;
  await Promise.all(Array.from({ length: 5 }, () => refreshGravatars(orm.em.fork(), work.tools, new AbortController().signal)));
  expect(gravatar.asked.length - before).toBe(1);
  expect((await owner.call('GET /session')).me.avatar).toBe(me.avatar);
});

test('another address is another picture, and the old one is not kept', async ({ work, gravatar, orm, server }) => {
  const em = orm.em.fork();
  const admin = await someone(em, 'dashboard.view');
  const caller = await browserOf(em, admin, server.url);
  const { me } = await caller.call('GET /session');
  gravatar.known.set(hashOf('fresh@northwind.example'), { body: await jpeg(100) });
  // as another admin would change it: the person's own password is asked elsewhere
  await orm.em.execute(`update admin set email = 'fresh@northwind.example' where id = ?`, [admin.id]);
  await caller.call('PATCH /me', { body: { version: me.version, firstName: 'Kim-Lee' } });
  await work.settle();
  expect((await caller.call('GET /session')).me.avatar).toMatch(/^[0-9a-f]{16}$/);
  const kept = await orm.em.execute<unknown[]>('select 1 from gravatar where email_hash = ?', [hashOf(admin.email)]);
  expect(kept).toEqual([]);
});

test('switched off, nothing leaves, nothing of it is shown, and nothing is kept', async ({ owner, work, gravatar, orm }) => {
  const settings = await owner.call('GET /settings');
  expect(settings.gravatar).toBe(true);
  await owner.call('PATCH /settings', { body: { version: settings.version, gravatar: false } });
  await orm.em.execute(`update gravatar set fetched_at = now() - interval '2 days'`);
  await someone(orm.em.fork());
  const before = gravatar.asked.length;
  await work.settle();
  await refreshGravatars(orm.em.fork(), work.tools, new AbortController().signal);
  expect(gravatar.asked.length).toBe(before);
  expect((await owner.call('GET /session')).me.avatar).toBeNull();
  expect(await orm.em.execute<unknown[]>('select 1 from gravatar')).toEqual([]);
});
