import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { createLog } from '#server/platform/log.ts';
import { startServer } from '#server/serve.ts';
import { ExtensionSettings } from '#server/extensions/ExtensionSettings.ts';
import { settingsOf } from '#server/extensions/stored.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { KEY, envFor, test as app } from '../../support/app.ts';
import type { Caller } from '../../support/caller.ts';
import { ExtensionsFolder, widgetFile } from '../../support/extensions.ts';
import { browserOf, someone } from '../../support/people.ts';

const secrets = new Secrets(Buffer.from(KEY, 'base64'));
const settings = `settings: z.object({
  url: z.url().meta({ title: 'Address' }), token: z.string().min(3, 'Too short.').meta({ title: 'Token', secret: true }),
  days: z.number().int().default(7).meta({ title: 'Days' }) }),`;

const test = app.override('server', { scope: 'file' }, async ({ database, redisUrl }, { onCleanup }) => {
  const folder = await ExtensionsFolder.with({
    'rates.ts': widgetFile('rates', '() => ({ value: 1 })', settings).replace('{ widget }', '{ widget, z }'),
    'plain.ts': widgetFile('plain', '() => ({ value: 1 })').replace(`'dashboard.view'`, `{ label: 'View plain', effect: 'Sees it.' }`),
    'broken.ts': 'export default nothing;',
  });
  const env = envFor(database, redisUrl, { EXTENSIONS_DIR: folder.dir });
  const server = await startServer({ env, log: createLog('silent'), client: 'none' });
  onCleanup(() => server.stop());
  return server;
});

const put = (caller: Caller, version: number, given: Record<string, unknown>, id = 'rates') =>
  caller.call('PUT /extensions/:id', { params: { id }, body: { version, settings: given } });
const TOKEN = 'rates-token-0123456789';

test('settings are held against the schema, stored with the secret apart, shown without it, and written down', async ({ owner, orm }) => {
  const begin = (await owner.call('GET /extensions')).items;
  expect(begin.map(({ id, state }) => [id, state])).toEqual([
    ['broken-broken', 'broken'],
    ['plain', 'adds'],
    ['rates', 'adds'],
  ]);
  await expect(put(owner, 0, { url: 'no address', token: 'ab' })).rejects.toMatchObject({
    problem: { code: 'invalid', fields: { 'settings.url': expect.any(String) as string, 'settings.token': 'Too short.' } },
  });
  const first = await put(owner, 0, { url: 'https://rates.example/', token: TOKEN, days: 3 });
  expect(first.settings).toMatchObject({ values: { url: 'https://rates.example/', days: 3 }, secrets: { token: '6789' }, version: 1 });
  expect(JSON.stringify(first)).not.toContain(TOKEN);
  expect(await settingsOf(orm.em.fork(), 'rates', secrets)).toEqual({ url: 'https://rates.example/', token: TOKEN, days: 3 });
  const row = await orm.em.fork().findOneOrFail(ExtensionSettings, 'rates');
  expect(JSON.stringify(row.settings)).not.toContain(TOKEN);

  const event = await orm.em.fork().findOneOrFail(Event, { type: 'extension.configured' });
  expect(event.facts).toMatchObject({ widgetId: 'rates', changes: { url: { before: null, after: 'https://rates.example/' } } });
  expect(JSON.stringify(event.facts)).not.toContain(TOKEN);
});

test('a secret stays where it was until the address changes, and of two who change at once one is told', async ({ owner, orm }) => {
  await put(owner, 1, { url: 'https://rates.example/', days: 4 });
  expect(await settingsOf(orm.em.fork(), 'rates', secrets)).toMatchObject({ token: TOKEN, days: 4 });
  await expect(put(owner, 2, { url: 'https://evil.example/', days: 4 })).rejects.toMatchObject({
    problem: { code: 'invalid', fields: { 'settings.token': expect.any(String) as string } },
  });
  const outcomes = await Promise.all(
    [5, 6, 7].map(days => put(owner, 2, { url: 'https://rates.example/', days }).then(() => 'ok', String)),
  );
  expect(outcomes.filter(outcome => outcome === 'ok')).toHaveLength(1);
  expect(outcomes.filter(outcome => outcome.includes('conflict'))).toHaveLength(2);
});

test('only who may edit settings sets them, and only where there is something to set', async ({ owner, orm, server }) => {
  const reader = await browserOf(orm.em.fork(), await someone(orm.em.fork(), 'settings.view'), server.url);
  expect((await reader.call('GET /extensions')).items).toHaveLength(3);
  await expect(put(reader, 3, {})).rejects.toMatchObject({ problem: { code: 'forbidden' } });
  await expect(put(owner, 0, {}, 'plain')).rejects.toMatchObject({ problem: { code: 'not_found' } });
  await expect(put(owner, 0, {}, 'nowhere')).rejects.toMatchObject({ problem: { code: 'not_found' } });
});

test('a right of its own is one like all others: listed, held by Full Administrators, granted by roles, explained', async ({
  owner,
  orm,
  server,
}) => {
  expect((await owner.call('GET /permissions')).items.at(-1)).toMatchObject({ id: 'widget.plain', label: 'View plain' });
  const session = await owner.call('GET /session');
  expect(session.permissions).toContain('widget.plain');
  expect(session.declaredRights).toEqual([{ id: 'widget.plain', label: 'View plain', effect: 'Sees it.' }]);
  const role = await owner.call('POST /roles', { body: { name: 'Plain', permissions: ['dashboard.view', 'widget.plain'] } });
  expect(role.effective.toSorted()).toEqual(['dashboard.view', 'widget.plain']);
  expect(await owner.codeOf('POST /roles', { body: { name: 'Gone', permissions: ['widget.gone'] } })).toBe('invalid');

  const em = orm.em.fork();
  const widgetsOf = async (...rights: Parameters<typeof someone>[1][]): Promise<string[]> => {
    const { widgets } = await (await browserOf(em, await someone(em, ...rights), server.url)).call('GET /dashboard');
    return widgets.map(({ id }) => id);
  };
  expect(await widgetsOf('dashboard.view', 'widget.plain')).toContain('plain');
  expect(await widgetsOf('dashboard.view')).not.toContain('plain');
  const why = await owner.call('GET /explain', { query: { what: 'widget:plain' } });
  expect(why).toMatchObject({ allowed: true, needs: { id: 'widget.plain', label: 'View plain' } });
});
