import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DashboardView } from '#contract/dashboard.ts';
import type { WidgetSnapshot } from '#contract/widgets.ts';
import { Board } from '#lib/board.svelte.ts';
import { pause } from '#lib/live-pause.svelte.ts';
import { duration, figure } from '#lib/widgets/format.ts';

const snapshot = (id: string, version: number): WidgetSnapshot => ({
  id,
  view: 'number',
  version,
  builtAt: version,
  data: { value: version },
});
const view = (ids: string[], snapshots: WidgetSnapshot[]): DashboardView => ({
  widgets: ids.map(id => ({ id, title: id, description: '', view: 'number', columns: 1, rows: 2, needs: 'dashboard.view' })),
  layout: { shown: [], hidden: [], source: 'product', roles: [], version: 0 },
  snapshots,
});
const answerWith = (status: number, body: object) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))),
  );

describe('the board', () => {
  let board: Board;
  let leave: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    board = new Board();
    leave = board.watch();
  });
  afterEach(() => {
    leave();
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  const shown = (id: string) => board.snapshotOf(id)?.version;

  test('ends with the newest of each widget, in whatever order and however often snapshots come, by both roads', () => {
    const told = fc.record({ id: fc.constantFrom('a', 'b', 'c'), version: fc.nat(50), whole: fc.boolean(), wait: fc.nat(400) });
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 30 }), tellings => {
        const one = new Board();
        for (const { id, version, whole, wait } of tellings) {
          const seen = one.snapshotOf(id)?.version ?? -1;
          if (whole) one.take(view(['a', 'b', 'c'], [snapshot(id, version)]));
          else one.show([snapshot(id, version)]);
          vi.advanceTimersByTime(wait);
          expect(one.snapshotOf(id)?.version ?? -1).toBeGreaterThanOrEqual(seen);
        }
        vi.advanceTimersByTime(250);
        for (const id of ['a', 'b', 'c']) {
          const versions = tellings.filter(telling => telling.id === id).map(({ version }) => version);
          expect(one.snapshotOf(id)?.version).toBe(versions.length > 0 ? Math.max(...versions) : undefined);
        }
      }),
    );
  });

  test('draws a widget at most four times a second, and then the newest', async () => {
    board.show([snapshot('a', 1)]);
    expect(shown('a')).toBe(1);
    board.show([snapshot('a', 2)]);
    await vi.advanceTimersByTimeAsync(100);
    board.show([snapshot('a', 3), snapshot('b', 1)]);
    expect([shown('a'), shown('b')]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(150);
    expect(shown('a')).toBe(3);
  });

  test('holds everything while paused, and shows the newest after', () => {
    board.show([snapshot('a', 1)]);
    pause.toggle();
    vi.advanceTimersByTime(1000);
    board.show([snapshot('a', 2)]);
    board.show([snapshot('a', 3)]);
    expect(shown('a')).toBe(1);
    pause.toggle();
    expect(shown('a')).toBe(3);
  });

  test('draws nothing in a tab nobody sees, and catches up when it is seen', () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    board.show([snapshot('a', 1)]);
    expect(shown('a')).toBeUndefined();
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(shown('a')).toBe(1);
  });

  test('forgets the figures of a widget that may not be seen any more', () => {
    board.take(view(['a', 'b'], [snapshot('a', 1), snapshot('b', 1)]));
    board.take(view(['b'], []));
    expect([shown('a'), shown('b')]).toEqual([undefined, 1]);
  });

  test('is refreshing from the asking until a newer snapshot comes', async () => {
    board.show([snapshot('a', 5)]);
    answerWith(202, { widgets: ['a'] });
    await board.refreshes.one('a');
    expect(board.refreshes.isRunning('a')).toBe(true);
    board.show([snapshot('a', 5)]);
    expect(board.refreshes.isRunning('a')).toBe(true);
    board.show([snapshot('a', 6)]);
    expect(board.refreshes.isRunning('a')).toBe(false);
  });

  test('stops waiting for a worker that never answers', async () => {
    answerWith(202, { widgets: ['a'] });
    await board.refreshes.all(['a', 'b']);
    expect(board.refreshes.isRunning('b')).toBe(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(board.refreshes.isRunning('b')).toBe(false);
  });

  test('says why it could not ask, until new figures come', async () => {
    answerWith(503, { type: '', code: 'unavailable', title: 'Redis is away.', status: 503, requestId: 'r' });
    await board.refreshes.one('a');
    expect(board.refreshes.isRunning('a')).toBe(false);
    expect(board.refreshes.refusalOf('a')).toBe('Redis is away.');
    board.show([snapshot('a', 6)]);
    expect(board.refreshes.refusalOf('a')).toBeUndefined();
  });
});

describe('a figure', () => {
  test('that is not known is not shown as zero', () => {
    expect([figure(null), figure(undefined), figure(0), figure(1234567.891)]).toEqual(['unknown', 'unknown', '0', '1,234,567.89']);
  });
  test('of time takes the largest unit it fills', () => {
    expect([0, 999, 1000, 59_999, 540_000, 3_600_000, 86_400_000].map(duration)).toEqual([
      '0 ms',
      '999 ms',
      '1 s',
      '59 s',
      '9 min',
      '1 h',
      '1 d',
    ]);
  });
});
