import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { test } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';

test('notes are one’s own, saved over what was read alone, and in no log', async ({ owner, orm, server }) => {
  expect(await owner.call('GET /me/notes')).toEqual({ text: '', version: 0, changedAt: null });
  const before = await orm.em.fork().count(Event);
  const outcomes = await Promise.all(['one', 'two', 'three'].map(text => owner.codeOf('PUT /me/notes', { body: { version: 0, text } })));
  expect(outcomes.toSorted()).toEqual(['conflict', 'conflict', 'ok']);
  await owner.call('PUT /me/notes', { body: { version: 1, text: 'Ask Kim\n- twice' } });
  expect(await owner.codeOf('PUT /me/notes', { body: { version: 1, text: 'late' } })).toBe('conflict');
  expect(await owner.call('GET /me/notes')).toMatchObject({ text: 'Ask Kim\n- twice', version: 2 });
  expect(await owner.codeOf('PUT /me/notes', { body: { version: 2, text: 'x'.repeat(20_001) } })).toBe('invalid');
  const em = orm.em.fork();
  const other = await browserOf(em, await someone(em, 'dashboard.view'), server.url);
  expect(await other.call('GET /me/notes')).toMatchObject({ text: '', version: 0 });
  expect(await orm.em.fork().count(Event)).toBe(before);
});
