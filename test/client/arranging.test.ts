import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Arrangement, LayoutView, Placement } from '#contract/layout.ts';
import { arrange } from '#lib/arrange.ts';
import { Arranger } from '#lib/arranging/arranger.svelte.ts';
import { added, hidden, moved, resized } from '#lib/arranging/moves.ts';
import { board, type Placed } from '#lib/board.svelte.ts';

const widget = (id: string): Placed => ({ id, title: id, description: '', view: 'number', columns: 2, rows: 5, needs: 'dashboard.view' });
const at = (id: string): Placement => ({ id, columns: 1, rows: 4, collapsed: false });
const layout = (shown: Placement[], hidden: string[] = [], version = 1): LayoutView => ({
  shown,
  hidden,
  source: 'own',
  roles: [],
  version,
});
const ids = (places: readonly { id: string }[]) => places.map(({ id }) => id);

describe('a layout', () => {
  test('leaves no hole for what may not be seen, and puts what it does not know at the end', () => {
    const places = arrange(['a', 'b', 'c', 'd'].map(widget), layout([at('c'), at('gone'), at('a')], ['d', 'forbidden']));
    expect(ids(places)).toEqual(['c', 'a', 'b']);
    expect(places.map(({ columns, rows }) => [columns, rows])).toEqual([
      [1, 4],
      [1, 4],
      [2, 5],
    ]);
  });

  test('keeps every widget in one place and of a size that the grid has, whatever is done to it', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const act = fc.oneof(
      fc.tuple(name, fc.integer({ min: -3, max: 9 })).map(
        ([id, to]) =>
          (now: Arrangement) =>
            moved(now, id, to),
      ),
      fc.tuple(name, fc.double({ min: -9, max: 99, noNaN: true }), fc.double({ min: -9, max: 99, noNaN: true })).map(
        ([id, columns, rows]) =>
          (now: Arrangement) =>
            resized(now, id, { columns, rows }),
      ),
      name.map(id => (now: Arrangement) => hidden(now, id)),
      name.map(id => (now: Arrangement) => added(now, at(id))),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), acts => {
        const { shown, hidden: away } = acts.reduce((now, each) => each(now), { shown: [at('a'), at('b')], hidden: ['c'] } as Arrangement);
        expect(new Set([...ids(shown), ...away]).size).toBe(shown.length + away.length);
        for (const { columns, rows } of shown) {
          expect([1, 2, 3]).toContain(columns);
          expect(Number.isInteger(rows) && rows >= 2 && rows <= 24).toBe(true);
        }
      }),
    );
  });
});

describe('arranging', () => {
  let arranger: Arranger;
  let bodies: { version: number; shown: Placement[] }[];
  let answers: (() => { status: number; body: object })[];
  const problem = { type: '', code: 'conflict', title: 'Changed meanwhile.', status: 409, requestId: 'r' };
  const shown = () => ids(board.places);

  beforeEach(() => {
    arranger = new Arranger();
    board.layout = layout([], [], 0);
    board.take({ widgets: ['a', 'b', 'c'].map(widget), layout: layout([at('a'), at('b'), at('c')]), snapshots: [] });
    bodies = [];
    answers = [];
    vi.stubGlobal(
      'fetch',
      vi.fn((_: string, init: RequestInit) => {
        const sent = typeof init.body === 'string' ? (JSON.parse(init.body) as (typeof bodies)[number]) : undefined;
        if (sent) bodies.push(sent);
        const saved = () => ({ status: 200, body: { ...layout(sent?.shown ?? []), version: (sent?.version ?? 0) + 1 } });
        const { status, body } = (answers.shift() ?? saved)();
        return Promise.resolve(new Response(JSON.stringify(body), { status }));
      }),
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  test('is shown at once, saved upon the version that was read, and undone step by step', async () => {
    const saving = arranger.change(now => moved(now, 'c', 0));
    expect(shown()).toEqual(['c', 'a', 'b']);
    await saving;
    await arranger.change(now => hidden(now, 'a'));
    expect(bodies.map(({ version }) => version)).toEqual([1, 2]);
    expect(shown()).toEqual(['c', 'b']);
    await arranger.undo();
    expect(shown()).toEqual(['c', 'a', 'b']);
    await arranger.undo();
    expect(shown()).toEqual(['a', 'b', 'c']);
    expect(arranger.undoable).toBe(false);
    expect(bodies.at(-1)?.version).toBe(4);
  });

  test('in two tabs is told to the second, who decides which of the two holds', async () => {
    const theirs = layout([at('b'), at('a'), at('c')], [], 7);
    answers = [() => ({ status: 409, body: problem }), () => ({ status: 200, body: theirs })];
    await arranger.change(now => moved(now, 'c', 0));
    expect(arranger.theirs).toEqual(theirs);
    expect(shown()).toEqual(['c', 'a', 'b']);
    await arranger.keepMine();
    expect(bodies.at(-1)).toMatchObject({ version: 7 });
    expect([arranger.theirs, shown()]).toEqual([undefined, ['c', 'a', 'b']]);

    answers = [() => ({ status: 409, body: problem }), () => ({ status: 200, body: { ...theirs, version: 9 } })];
    await arranger.change(now => moved(now, 'a', 0));
    arranger.useTheirs();
    expect(shown()).toEqual(['b', 'a', 'c']);
  });

  test('that cannot be saved is taken back, with the reason', async () => {
    answers = [() => ({ status: 503, body: { ...problem, code: 'unavailable', status: 503, title: 'The database is away.' } })];
    await arranger.change(now => moved(now, 'c', 0));
    expect([shown(), arranger.refusal]).toEqual([['a', 'b', 'c'], 'The database is away.']);
  });

  test('is not overturned by an answer that was asked for before it', async () => {
    const saving = arranger.change(now => moved(now, 'c', 0));
    board.take({ widgets: ['a', 'b', 'c'].map(widget), layout: layout([at('a'), at('b'), at('c')]), snapshots: [] });
    expect(shown()).toEqual(['c', 'a', 'b']);
    await saving;
    board.take({ widgets: ['a', 'b', 'c'].map(widget), layout: layout([at('a'), at('b'), at('c')]), snapshots: [] });
    expect(shown()).toEqual(['c', 'a', 'b']);
  });
});
