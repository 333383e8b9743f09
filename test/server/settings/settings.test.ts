import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { editSettings } from '#server/settings/commands.ts';
import { pageSizeFor } from '#server/settings/page-size.ts';
import { presentSettings } from '#server/settings/present.ts';
import { organisation } from '#server/settings/queries.ts';
import { actorOf, furnish, someone, visitor } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';

const test = world.extend('editor', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  return actorOf(await someone(em, 'settings.edit'));
});

test('a change is recorded with before and after, and shown with who made it', async ({ orm, editor }) => {
  const { version, name } = await organisation(orm.em.fork());
  const changed = await editSettings(orm.em.fork(), editor, { version, organisation: 'Northwind', rowsPerPage: 100, timeZone: 'UTC' });
  expect(presentSettings(changed, 'https://admin.example')).toMatchObject({
    organisation: 'Northwind',
    rowsPerPage: 100,
    baseUrl: 'https://admin.example',
    version: version + 1,
    changed: { by: editor.name, at: expect.any(String) as string },
  });
  const event = await orm.em.fork().findOneOrFail(Event, { type: 'settings.changed' });
  expect(event.facts).toEqual({ changes: { organisation: { before: name, after: 'Northwind' }, rowsPerPage: { before: 50, after: 100 } } });
});

test('what is already so is no change', async ({ orm, editor }) => {
  const em = orm.em.fork();
  const before = await em.count(Event, { type: 'settings.changed' });
  const { version, name } = await organisation(em);
  const same = await editSettings(orm.em.fork(), editor, { version, organisation: name });
  expect(same.version).toBe(version);
  expect(await em.count(Event, { type: 'settings.changed' })).toBe(before);
});

test('of two editors at once one is told that the other was first', async ({ orm, editor }) => {
  const { version } = await organisation(orm.em.fork());
  const edits = await Promise.allSettled(
    [14, 15, 16, 17].map(passwordMinimum => editSettings(orm.em.fork(), editor, { version, passwordMinimum })),
  );
  expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const edit of edits) if (edit.status === 'rejected') expect(edit.reason).toMatchObject({ code: 'conflict' });
  expect((await organisation(orm.em.fork())).version).toBe(version + 1);
});

test('a list is as long as asked for, else as the person chose, else as the installation says', async ({ orm }) => {
  const em = orm.em.fork();
  const rows = (await organisation(em)).rowsPerPage;
  const person = await someone(em);
  const actor = actorOf(person);
  expect(await pageSizeFor(em, actor, {})).toBe(rows);
  expect(await pageSizeFor(em, visitor, {})).toBe(rows);
  person.rowsPerPage = 25;
  await em.flush();
  expect(await pageSizeFor(em, actor, {})).toBe(25);
  expect(await pageSizeFor(em, actor, { pageSize: 200 })).toBe(200);
  expect(await pageSizeFor(em, { ...actor, kind: 'key', ownerId: person.id }, {})).toBe(rows);
});
