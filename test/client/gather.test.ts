import { expect, test } from 'vitest';
import type { WidgetSnapshot } from '#contract/widgets.ts';
import { Board } from '#lib/board.svelte.ts';
import { gather } from '#lib/widgets/gather.ts';

const part = (id: string, version: number, items: { id: string; text: string; lamp: 'warn' | 'bad' }[]): WidgetSnapshot => ({
  id,
  view: 'list',
  version,
  builtAt: version,
  data: { items, empty: 'Nothing.' },
});
const failed = { at: 9, reason: 'The database could not be asked.', since: 9 };

test('lists become one, what presses most first, as old as the oldest, with the failure of any', () => {
  const whole = gather('whole', [
    part('a', 5, [{ id: '1', text: 'later', lamp: 'warn' }]),
    { ...part('b', 3, [{ id: '2', text: 'first', lamp: 'bad' }]), failure: failed },
  ]);
  expect(whole).toMatchObject({ id: 'whole', version: 5, builtAt: 3, failure: failed, data: { empty: 'Nothing.' } });
  expect(whole?.data).toMatchObject({ items: [{ id: '2' }, { id: '1' }] });
  expect(gather('whole', [part('a', 5, [])], 2)).toBeUndefined();
  expect(gather('whole', [part('a', 5, []), part('b', 5, [])], 2)?.data).toEqual({ items: [], empty: 'Nothing.' });
  expect(gather('whole', [])).toBeUndefined();
  expect(gather('whole', [{ id: 'a', view: 'list', version: 0 }])).toBeUndefined();
  expect(gather('whole', [{ id: 'a', view: 'list', version: 1, failure: failed }])).not.toHaveProperty('data');
});

test('a part has no place of its own, and the widget that shows it has what it brings', () => {
  const board = new Board();
  const widget = (id: string, partOf?: string) => ({
    ...{ id, title: id, description: '', view: 'list' as const, columns: 1 as const, rows: 2, needs: 'dashboard.view' },
    ...(partOf !== undefined && { partOf }),
  });
  board.take({
    widgets: [widget('whole'), widget('whole-a', 'whole')],
    layout: { shown: [], hidden: [], source: 'product', roles: [], version: 0 },
    snapshots: [part('whole-a', 4, [{ id: '1', text: 'one', lamp: 'warn' }])],
  });
  expect(board.widgets.map(({ id }) => id)).toEqual(['whole']);
  expect(board.snapshotOf('whole')).toMatchObject({ version: 4, data: { items: [{ id: '1' }] } });
});
