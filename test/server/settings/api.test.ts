import { expect } from 'vitest';
import { test } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';

test('settings are read and changed by those who may, and a late editor is told', async ({ owner, server, orm }) => {
  const settings = await owner.call('GET /settings');
  expect(settings).toMatchObject({
    organisation: 'Northwind',
    timeZone: 'Europe/Stockholm',
    rowsPerPage: 50,
    passwordMinimum: 12,
    baseUrl: server.url,
  });
  const { version } = settings;
  expect(await owner.call('PATCH /settings', { body: { version, rowsPerPage: 25 } })).toMatchObject({
    rowsPerPage: 25,
    changed: { by: 'Ana Ruiz' },
  });
  expect(await owner.codeOf('PATCH /settings', { body: { version, rowsPerPage: 100 } })).toBe('conflict');
  const newest = { version: version + 1 };
  for (const wrong of [
    { rowsPerPage: 30 },
    { timeZone: 'Mars/Olympus' },
    { passwordMinimum: 7 },
    { organisation: ' ' },
    { setUpAt: null },
  ]) {
    expect(await owner.codeOf('PATCH /settings', { body: { ...newest, ...wrong } })).toBe('invalid');
  }
  const em = orm.em.fork();
  const reader = await browserOf(em, await someone(em, 'settings.view'), server.url);
  expect(await reader.codeOf('PATCH /settings', { body: { ...newest, rowsPerPage: 200 } })).toBe('forbidden');
  expect((await reader.call('GET /settings')).rowsPerPage).toBe(25);
});
