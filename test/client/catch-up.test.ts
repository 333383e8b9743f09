import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DashboardView } from '#contract/dashboard.ts';
import type { WidgetSnapshot } from '#contract/widgets.ts';
import { Board } from '#lib/board.svelte.ts';
import { live } from '#lib/live.svelte.ts';
import { fakeWire } from './support/fake-wire.ts';

const IDS = ['a', 'b', 'c', 'd'];
const STEP_MS = 250;

describe('a dashboard that was away', () => {
  let wire: ReturnType<typeof fakeWire>;
  let board: Board;
  let ends: (() => void)[];
  /** What the server knows of each widget. */
  let truth: Map<string, WidgetSnapshot>;
  let reads: number;
  let reachable: boolean;

  const view = (): DashboardView => ({
    widgets: IDS.map(id => ({ id, title: id, description: '', view: 'number', columns: 1, rows: 2, needs: 'dashboard.view' })),
    layout: { shown: [], hidden: [], source: 'product', roles: [], version: 0 },
    snapshots: [...truth.values()],
  });
  /** A change as the worker makes it: the whole state under a higher number, sent to whoever watches. */
  function change(id: string) {
    const version = (truth.get(id)?.version ?? 0) + 1;
    const snapshot: WidgetSnapshot = { id, view: 'number', version, builtAt: Date.now(), data: { value: version } };
    truth.set(id, snapshot);
    const watched = wire.all.at(-1)?.heard.findLast(([word]) => word === 'widgets:watched')?.[1] as string[] | undefined;
    if (watched?.includes(id)) wire.last.say('widgets:refreshed', [snapshot]);
    return snapshot;
  }
  const shown = () => IDS.map(id => board.snapshotOf(id));
  async function pass(ms: number, beats = true) {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      if (beats && passed % 2000 === 0) wire.all.at(-1)?.say('live:beat', Date.now());
      await vi.advanceTimersByTimeAsync(STEP_MS);
    }
  }

  beforeEach(async () => {
    wire = fakeWire();
    truth = new Map();
    reads = 0;
    reachable = true;
    vi.stubGlobal(
      'fetch',
      vi.fn((address: string) => {
        if (!reachable) return Promise.reject(new TypeError('the network is away'));
        if (address.startsWith('/api/todos')) return Promise.resolve(new Response('{"items":[],"total":0,"page":1,"pageSize":200}'));
        if (address.startsWith('/api/dashboard')) reads += 1;
        return Promise.resolve(new Response(JSON.stringify(view())));
      }),
    );
    vi.useFakeTimers();
    board = new Board();
    IDS.forEach(change);
    board.take(view());
    ends = [live.open(), board.watch()];
    await vi.waitFor(() => expect(live.state).toBe('live'));
    await pass(500);
    reads = 0;
  });
  afterEach(() => {
    ends.forEach(end => end());
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  test('for 200 changes misses none and shows none twice: one read brings the state of a fresh load', async () => {
    reachable = false;
    wire.admit(false);
    await pass(7000, false);
    expect(live.silent).toBe(true);
    for (let i = 0; i < 200; i += 1) change(IDS[(i * i) % 3] ?? 'a');
    const before = board.snapshotOf('d');
    reachable = true;
    wire.admit(true);
    const drawn = vi.fn();
    live.reconnect();
    await vi.waitFor(() => expect(live.state).toBe('live'));
    for (let i = 0; i < 8; i += 1) {
      drawn(board.snapshotOf('a')?.version);
      await pass(STEP_MS);
    }
    expect(reads).toBe(1);
    const fresh = new Board();
    fresh.take(view());
    expect(shown()).toEqual(IDS.map(id => fresh.snapshotOf(id)));
    expect(board.snapshotOf('d')).toBe(before); // what did not change was not drawn again
    expect(new Set(drawn.mock.calls.map(([version]) => version as number)).size).toBeLessThanOrEqual(2); // from the old to the newest
  });

  test('does not go back when what was sent meanwhile arrives late, or again', async () => {
    const old = truth.get('a');
    change('a');
    await pass(500);
    wire.last.say('widgets:refreshed', [old]);
    wire.last.say('widgets:refreshed', [truth.get('a')]);
    await pass(500);
    expect(board.snapshotOf('a')).toEqual(truth.get('a'));
  });

  test('in a tab that nobody sees is sent nothing, and is right with one read when it is seen', async () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(500);
    expect(wire.last.heard.at(-1)).toEqual(['widgets:watched', []]);
    for (let i = 0; i < 200; i += 1) change(IDS[i % 4] ?? 'a');
    await pass(1000);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(500);
    expect(wire.last.heard.at(-1)).toEqual(['widgets:watched', IDS]);
    expect(reads).toBe(1);
    expect(shown()).toEqual([...truth.values()]);
    change('c');
    await pass(500);
    expect(board.snapshotOf('c')).toEqual(truth.get('c'));
  });

  test('is sent only what it shows: a hidden or collapsed widget costs nothing, and is right when it is shown', async () => {
    const placement = (id: string, collapsed = false) => ({ id, columns: 1, rows: 4, collapsed }) as const;
    board.layout = { shown: [placement('a'), placement('b', true)], hidden: ['c'], source: 'own', roles: [], version: 1 };
    board.watchShown();
    await pass(500);
    expect(wire.last.heard.at(-1)).toEqual(['widgets:watched', ['a', 'd']]);
    change('c');
    await pass(500);
    expect(board.snapshotOf('c')?.version).toBe(1);
    board.layout = { ...board.layout, hidden: [], version: 2 };
    board.watchShown();
    await pass(500);
    expect([reads, board.snapshotOf('c')]).toEqual([1, truth.get('c')]);
  });
});
