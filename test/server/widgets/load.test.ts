import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { isPermission } from '#contract/permissions.ts';
import { EVENT_TYPES } from '#contract/events.ts';
import { Refusal } from '#server/platform/refusal.ts';
import { loadWidgets } from '#server/widgets/_load.ts';

/** An operator's folder with these widgets. */
async function extensions(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(inject('services').dir, 'extensions-'));
  await mkdir(`${folder}/widgets`);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(`${folder}/widgets/${name}`, text)));
  return folder;
}

const widgetFile = (id: string, title: string): string =>
  `export default { kind: 'widget', id: '${id}', describe: { id: '${id}', title: '${title}' }, weight: 1, refreshOn: [] };`;

test('every widget of ours names rights and events that there are, and has a way to stay current', async () => {
  const widgets = [...(await loadWidgets()).values()];
  expect(widgets.length).toBeGreaterThan(0);
  for (const { id, describe, refreshOn, every, load } of widgets) {
    expect(isPermission(describe.needs), id).toBe(true);
    for (const type of refreshOn) expect(['*', ...EVENT_TYPES], id).toContain(type);
    expect(load === undefined || refreshOn.length > 0 || every !== undefined, id).toBe(true);
  }
});

test('an operator’s file adds a widget, and replaces ours of the same name', async () => {
  const folder = await extensions({
    'own.mjs': widgetFile('own', 'Our own'),
    'activity.mjs': widgetFile('activity', 'Another'),
    '_helper.mjs': 'throw 1',
  });
  const widgets = await loadWidgets(folder);
  expect([widgets.get('own')?.describe.title, widgets.get('activity')?.describe.title]).toEqual(['Our own', 'Another']);
  expect((await loadWidgets(`${folder}/not-there`)).has('activity')).toBe(true);
});

test.for([
  ['another name', widgetFile('other', 'x'), /one\.mjs cannot be loaded: its id is “other” and must be its file's name, “one”/],
  ['no widget', 'export default { id: "one" };', /one\.mjs cannot be loaded: its default export is not a widget/],
  ['a fault', 'export default nothing;', /one\.mjs cannot be loaded: nothing is not defined/],
] as const)('a file with %s is refused by name', async ([, text, message]) => {
  const loading = loadWidgets(await extensions({ 'one.mjs': text }));
  await expect(loading).rejects.toThrow(message);
  await expect(loading).rejects.toBeInstanceOf(Refusal);
});
