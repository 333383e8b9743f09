import { expect, test } from 'vitest';
import { PERMISSIONS, isPermission, right } from '#contract/permissions.ts';
import { ExtensionsFolder, widgetFile } from '../../support/extensions.ts';

const seven = `() => ({ value: 7 })`;

test('a file adds a widget, and one with the id of ours replaces it with all that it gathered', async () => {
  const folder = await ExtensionsFolder.with({
    'own.ts': widgetFile('own', seven),
    'plain.mjs': `export default { id: 'plain', title: 'Plain', view: 'text', needs: 'queues.view', refreshOn: ['order.placed'], load: () => ({ paragraphs: [] }) };`,
    'needs-attention.ts': widgetFile('needs-attention', seven),
    '_helper.ts': 'throw new Error("nobody loads this");',
    'own.test.ts': 'throw new Error("nobody loads this");',
  });
  const { widgets, all } = await folder.open();
  expect(all.map(({ widgetId, replaces, problem }) => ({ widgetId, replaces, problem }))).toEqual([
    { widgetId: 'needs-attention', replaces: 'Needs attention', problem: undefined },
    { widgetId: 'own', replaces: undefined, problem: undefined },
    { widgetId: 'plain', replaces: undefined, problem: undefined },
  ]);
  expect(widgets.get('needs-attention')).toMatchObject({
    gathers: false,
    describe: { title: 'Our needs-attention', extension: { file: 'needs-attention.ts', replaces: 'Needs attention' } },
  });
  expect(widgets.get('own')?.describe.extension).toEqual({ file: 'own.ts' });
  expect([...widgets.values()].some(({ describe }) => describe.partOf === 'needs-attention')).toBe(false);
  expect(widgets.get('plain')).toMatchObject({ describe: { needs: 'queues.view' }, refreshOn: ['order.placed'] });
});

test('a right of its own stands among all others as long as its file is there', async () => {
  const before = PERMISSIONS.length;
  const folder = await ExtensionsFolder.with({
    'renewals.ts': widgetFile('renewals', seven).replace(
      `'dashboard.view'`,
      `{ label: 'View renewals', effect: 'Sees which domains are due.' }`,
    ),
  });
  const extensions = await folder.open();
  expect(extensions.widgets.get('renewals')?.describe.needs).toBe('widget.renewals');
  expect(isPermission('widget.renewals') && right('widget.renewals')).toEqual({
    group: 'Operate',
    label: 'View renewals',
    effect: 'Sees which domains are due.',
  });
  expect(PERMISSIONS.slice(before)).toEqual(['widget.renewals']);
  await folder.remove('renewals.ts');
  expect(await extensions.look()).toEqual(['renewals']);
  expect([isPermission('widget.renewals'), PERMISSIONS.length]).toEqual([false, before]);
});

test.for([
  ['another name', widgetFile('other', seven), /Its id is “other” and must be its file's name, “one”\./],
  ['no widget', 'export default 5;', /Its default export is not a widget\./],
  ['a fault', 'export default nothing;', /nothing is not defined \(line 1\)/],
  ['a fault of grammar', '\nexport default {{;', /./],
  [
    'a wrong field',
    widgetFile('one', seven, `colums: 2, columns: 5,`),
    /columns: must be 1, 2 or 3; “colums”: no such field; there are id, title, .*columns/,
  ],
  ['no such event', widgetFile('one', seven, `refreshOn: ['order.plcaed'],`), /names no event: order\.plcaed/],
  ['no such right', widgetFile('one', seven).replace('dashboard.view', 'dashboard.see'), /needs: must be a right of the product’s/],
  ['nothing to wake it', widgetFile('one', seven).replace('every: 60_000,', ''), /refreshOn or every/],
  ['an endless loop', 'for (;;);', /longer than 5 s/],
] as const)('a file with %s is a card that says so, and harms no other', async ([, text, reason]) => {
  const lines: string[] = [];
  const folder = await ExtensionsFolder.with({ 'one.ts': text, 'two.ts': widgetFile('two', seven) });
  const { widgets, all } = await folder.open(lines);
  expect(all[0]?.problem).toMatch(reason);
  expect(widgets.get('broken-one')).toMatchObject({ describe: { title: 'one.ts', needs: 'settings.view' } });
  expect(widgets.has('one')).toBe(false);
  expect(widgets.get('two')?.describe.title).toBe('Our two');
  expect(lines).toHaveLength(1);
});

test('a file that breaks leaves the widget that it replaced where it was', async () => {
  const folder = await ExtensionsFolder.with({ 'queues.ts': widgetFile('queues', seven) });
  const extensions = await folder.open();
  expect(extensions.widgets.get('queues')?.describe.title).toBe('Our queues');
  await folder.save('queues.ts', 'export default nothing;');
  expect((await extensions.look()).toSorted()).toEqual(['broken-queues', 'queues']);
  expect(extensions.widgets.get('queues')?.describe.title).toBe('Queues');
});

test('a change is noticed once it is wholly written, and nothing is done where nothing changed', async () => {
  const folder = await ExtensionsFolder.with({});
  const extensions = await folder.open();
  const told: string[][] = [];
  const end = extensions.watch(ids => void told.push(ids));
  // as editors save that empty the file first
  await folder.save('late.ts', '');
  await folder.save('late.ts', widgetFile('late', seven));
  await expect.poll(() => told, { timeout: 5000 }).toEqual([['late']]);
  await end();
  expect(await extensions.look()).toEqual([]);
});
