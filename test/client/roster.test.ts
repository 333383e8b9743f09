import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RosterDiff, RosterRow, RosterSnapshot } from '#contract/presence.ts';
import { pause } from '#lib/live-pause.svelte.ts';
import { after, ledgerOf } from '#lib/roster-ledger.ts';
import { Roster } from '#lib/roster.svelte.ts';

const row = (id: string, state: RosterRow['state'] = 'online', since = 0): RosterRow => ({
  id,
  name: id,
  roles: [],
  state,
  since,
  stateSince: 0,
});
const ids = ['a', 'b', 'c', 'd', 'e'];

const MOST = 20;
type Fate = 'told' | 'lost' | 'told twice' | 'told late';
/** A difference, and the roster it led to. */
interface Step {
  diff: RosterDiff;
  then: RosterSnapshot;
}

/** What happened at the server, one version after the other. */
const history: fc.Arbitrary<{ first: RosterSnapshot; changes: Step[]; last: Step }> = fc
  .array(
    fc.record({ id: fc.constantFrom(...ids), to: fc.constantFrom<RosterRow['state'] | 'gone'>('online', 'away', 'checking', 'gone') }),
    {
      maxLength: MOST,
    },
  )
  .map(happened => {
    const people = new Map<string, RosterRow>();
    const at = (version: number): RosterSnapshot => ({ epoch: 'e', version, total: people.size, people: [...people.values()] });
    const step = (id: string, to: RosterRow['state'] | 'gone', version: number): Step => {
      people.delete(id);
      const changed = to === 'gone' ? [] : [row(id, to, version)];
      for (const each of changed) people.set(id, each);
      return { diff: { epoch: 'e', version, changed, gone: to === 'gone' ? [id] : [] }, then: at(version) };
    };
    const first = at(0);
    const changes = happened.map(({ id, to }, i) => step(id, to, i + 1));
    return { first, changes, last: step('z', 'online', changes.length + 1) };
  });
const byId = (rows: readonly RosterRow[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('the roster', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    pause.end();
    vi.useRealTimers();
  });

  test('is what the server has, whichever differences were lost, repeated or late', async () => {
    const fate = fc.constantFrom<Fate>('told', 'lost', 'told twice', 'told late');
    await fc.assert(
      fc.asyncProperty(history, fc.array(fate, { minLength: MOST, maxLength: MOST }), async ({ first, changes, last }, fates) => {
        let newest = first;
        const roster = new Roster(() => Promise.resolve(newest));
        roster.show(newest);
        const late: RosterDiff[] = [];
        for (const [i, { diff, then }] of changes.entries()) {
          newest = then;
          if (fates[i] === 'told' || fates[i] === 'told twice') roster.apply(diff);
          if (fates[i] === 'told twice') roster.apply(diff);
          if (fates[i] === 'told late') late.push(diff);
        }
        for (const diff of late) roster.apply(diff);
        // The last one that is told shows whether anything before it was missed.
        newest = last.then;
        roster.apply(last.diff);
        await vi.runAllTimersAsync();
        expect(byId(roster.people)).toEqual(byId(newest.people));
        expect(roster.total).toBe(newest.total);
        expect(roster.holding).toEqual({ epoch: 'e', version: newest.version });
      }),
    );
  });

  test('asks once after a gap, however many differences follow it', async () => {
    const read = vi.fn(() => Promise.resolve<RosterSnapshot>({ epoch: 'e', version: 9, total: 1, people: [row('a')] }));
    const roster = new Roster(read);
    roster.show({ epoch: 'e', version: 1, total: 0, people: [] });
    for (const version of [5, 6, 7]) roster.apply({ epoch: 'e', version, changed: [row('a')], gone: [] });
    await vi.runAllTimersAsync();
    expect(read).toHaveBeenCalledOnce();
    expect(roster.people.map(({ id }) => id)).toEqual(['a']);
  });

  test('starts anew when the server lost its state', async () => {
    const anew: RosterSnapshot = { epoch: 'f', version: 1, total: 1, people: [row('b')] };
    const roster = new Roster(() => Promise.resolve(anew));
    roster.show({ epoch: 'e', version: 40, total: 1, people: [row('a')] });
    roster.apply({ epoch: 'f', version: 1, changed: [row('b')], gone: [] });
    await vi.runAllTimersAsync();
    expect(roster.people.map(({ id }) => id)).toEqual(['b']);
  });

  test('keeps its rows where they are when somebody comes or turns away', () => {
    const roster = new Roster(() => Promise.reject(new Error('not asked')));
    roster.show({ epoch: 'e', version: 1, total: 2, people: [row('b', 'online', 2), row('c', 'online', 1)] });
    roster.apply({ epoch: 'e', version: 2, changed: [row('a', 'online', 3), row('c', 'away', 1)], gone: [] });
    expect(roster.people.map(({ id, state }) => `${id} ${state}`)).toEqual(['c away', 'b online', 'a online']);
  });

  test('stands still while the page is paused, and holds what comes', () => {
    const roster = new Roster(() => Promise.reject(new Error('not asked')));
    roster.show({ epoch: 'e', version: 1, total: 1, people: [row('a')] });
    pause.toggle();
    roster.apply({ epoch: 'e', version: 2, changed: [row('b')], gone: [] });
    expect(roster.people.length).toBe(1);
    pause.end();
    roster.resume();
    expect(roster.people.length).toBe(2);
  });
});

describe('a roster too long to list', () => {
  const many: RosterSnapshot = { epoch: 'e', version: 1, total: 400, people: [row('a'), row('b')] };

  test('keeps count of those it does not list, and lists nobody whose place it does not know', () => {
    const next = after(ledgerOf(many), { epoch: 'e', version: 2, changed: [row('x'), row('b', 'away')], gone: ['a', 'y'] });
    if (next === 'gap') throw new Error('it took the next version for a gap');
    expect([...next.people.values()]).toEqual([row('b', 'away')]);
    expect(next).toMatchObject({ total: 398, doubtful: true });
  });

  test('asks again within half a minute when the number is in doubt, also at the version it holds', async () => {
    vi.useFakeTimers();
    const read = vi.fn(() => Promise.resolve({ ...many, version: 2, total: 401 }));
    const roster = new Roster(read);
    roster.show(many);
    roster.apply({ epoch: 'e', version: 2, changed: [row('x')], gone: [] });
    await vi.advanceTimersByTimeAsync(31_000);
    vi.useRealTimers();
    expect(read).toHaveBeenCalledOnce();
    expect(roster.total).toBe(401);
  });
});
