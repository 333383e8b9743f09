import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Visitor } from '#server/platform/live/visitor.ts';
import { People } from '#server/presence/People.ts';

const GRACE = 5000;
const SILENCE = 12_000;

const visitor = (adminId: string, change: Partial<Visitor> = {}): Visitor => ({
  adminId,
  sessionId: 's',
  authEpoch: 1,
  rightsEpoch: 1,
  profileVersion: 1,
  permissions: new Set(),
  person: { name: adminId, roles: [] },
  language: 'en',
  expiresAt: Infinity,
  ...change,
});

/** What Redis would hold: the changes so far, played into a map. */
class Book {
  readonly people = new People({ grace: GRACE, silence: SILENCE });
  readonly entries = new Map<string, string>();
  writes = 0;

  keep(): void {
    const changes = this.people.changes();
    this.writes += changes.length;
    for (const [id, entry] of changes) {
      if (entry === '') this.entries.delete(id);
      else this.entries.set(id, entry);
    }
  }

  state(id: string): string | undefined {
    const [, state, , stateSince] = this.entries.get(id)?.split('\n') ?? [];
    return state && `${state}${state === 'online' ? '' : ` since ${stateSince}`}`;
  }

  page(id: string): string | undefined {
    return this.entries.get(id)?.split('\n')[5];
  }
}

function book(): Book {
  return new Book();
}

describe('the people of a process', () => {
  test('are away when all their tabs are, checking when none is heard of, online otherwise', () => {
    const b = book();
    b.people.arrive('t1', visitor('ada'), 0);
    b.people.arrive('t2', visitor('ada'), 10);
    b.people.here('t1', { away: true, page: '/' }, 100);
    b.keep();
    expect(b.state('ada')).toBe('online');
    b.people.here('t2', { away: true, page: '/' }, 200);
    b.keep();
    expect(b.state('ada')).toBe('away since 200');
    b.people.sweep(200 + SILENCE);
    b.keep();
    expect(b.state('ada')).toBe('checking since 200');
    b.people.heard('t1', 13_000);
    b.keep();
    expect(b.state('ada')).toBe('away since 100');
  });

  test('come back within the grace unnoticed, as they were: online, away, with another tab that is idle', () => {
    for (const away of [false, true]) {
      const b = book();
      b.people.arrive('t1', visitor('ada'), 0);
      b.people.here('t1', { away, page: '/staff' }, 1);
      b.people.arrive('t2', visitor('ada'), 2);
      b.people.here('t2', { away: true, page: '/roles' }, 3);
      b.keep();
      const { writes } = b;
      b.people.leave('t1', 'closed', 1000);
      b.people.sweep(1000 + GRACE - 1);
      b.keep();
      b.people.arrive('t3', visitor('ada'), 1000 + GRACE - 1);
      b.keep();
      b.people.here('t3', { away, page: '/staff' }, 1000 + GRACE);
      b.people.sweep(1000 + 2 * GRACE);
      b.keep();
      expect(b.writes).toBe(writes);
    }
  });

  test('are gone after the grace, and at once when they signed out or were silent long before', () => {
    const b = book();
    for (const [i, id] of ['ada', 'bob', 'cy'].entries()) b.people.arrive(`t${i}`, visitor(id), 0);
    b.people.arrive('t9', visitor('bob'), 0);
    b.people.leave('t9', 'closed', 0); // a reload on its way when the account is disabled
    b.keep();
    b.people.leave('t0', 'closed', 0);
    b.people.leave('t1', 'signed_out', 0);
    b.people.leave('t2', 'silent', 0);
    b.keep();
    expect([...b.entries.keys()]).toEqual(['ada']);
    b.people.sweep(GRACE);
    b.keep();
    expect([...b.entries.keys()]).toEqual([]);
    expect(b.people.size).toBe(0);
  });

  test('show the page of the tab in use that spoke last', () => {
    const b = book();
    b.people.arrive('t1', visitor('ada'), 0);
    b.people.arrive('t2', visitor('ada'), 0);
    b.people.here('t1', { away: false, page: '/staff' }, 1);
    b.people.here('t2', { away: false, page: '/roles' }, 2);
    b.keep();
    expect(b.page('ada')).toBe('"/roles"');
    b.people.here('t2', { away: true, page: '/roles' }, 3);
    b.keep();
    expect(b.page('ada')).toBe('"/staff"');
  });

  test('keep the newest name that was heard of, in whatever order it comes', () => {
    const b = book();
    b.people.arrive('t1', visitor('ada', { profileVersion: 3, person: { name: 'new', roles: [] } }), 0);
    b.people.arrive('t2', visitor('ada', { profileVersion: 2, person: { name: 'old', roles: [] } }), 1);
    b.people.profileChanged('ada', { name: 'older', roles: [] }, 2);
    b.keep();
    expect(b.entries.get('ada')).toContain('"name":"new"');
  });

  test('were seen once, if they were at work', () => {
    const b = book();
    b.people.arrive('t1', visitor('ada'), 0);
    b.people.arrive('t2', visitor('bob'), 0);
    b.people.here('t2', { away: true, page: '/' }, 1);
    expect(b.people.takeSeen().toSorted()).toEqual(['ada', 'bob']);
    expect(b.people.takeSeen()).toEqual(['ada']);
    b.people.leave('t1', 'signed_out', 2);
    expect(b.people.takeSeen()).toEqual([]);
  });
});

type Step = ['arrive' | 'leave' | 'sign out' | 'time out' | 'away' | 'back' | 'hear' | 'wait' | 'keep', tab: number];
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('arrive', 'leave', 'sign out', 'time out', 'away', 'back', 'hear', 'wait', 'keep'),
  fc.nat(5),
);

describe('whatever happens', () => {
  test('what was written is what is true: who has a tab or is within the grace is listed, nobody else, and all of it can be written anew', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const b = book();
        /** The plain rule, kept by hand: open tabs, and per person when the last grace ends. */
        const open = new Map<string, string>();
        const graces: { who: string; until: number }[] = [];
        let now = 1000;
        let made = 0;
        const tabs: string[] = [];
        for (const [what, nth] of steps) {
          const who = nth % 2 === 0 ? 'ada' : 'bob';
          const tab = tabs.filter(id => open.has(id))[nth] ?? '';
          if (what === 'wait') now += 1700;
          if (what === 'keep') b.keep();
          if (what === 'arrive') {
            const id = `t${(made += 1)}`;
            tabs.push(id);
            const grace = graces.findIndex(g => g.who === who);
            if (grace >= 0) graces.splice(grace, 1);
            open.set(id, who);
            b.people.arrive(id, visitor(who), now);
          }
          if (what === 'away' || what === 'back') b.people.here(tab, { away: what === 'away', page: '/' }, now);
          if (what === 'hear') b.people.heard(tab, now);
          if (what === 'leave' || what === 'sign out' || what === 'time out') {
            const owner = open.get(tab);
            open.delete(tab);
            b.people.leave(tab, what === 'leave' ? 'closed' : what === 'sign out' ? 'signed_out' : 'silent', now);
            if (owner !== undefined && what === 'leave') graces.push({ who: owner, until: now + GRACE });
            if (what === 'sign out') for (let i = graces.length - 1; i >= 0; i -= 1) if (graces[i]?.who === owner) graces.splice(i, 1);
          }
          b.people.sweep(now);
          for (let i = graces.length - 1; i >= 0; i -= 1) if ((graces[i]?.until ?? 0) <= now) graces.splice(i, 1);
        }
        b.keep();
        const expected = new Set([...open.values(), ...graces.map(({ who }) => who)]);
        expect(new Set(b.entries.keys())).toEqual(expected);
        expect(new Map(b.people.whole())).toEqual(b.entries);
      }),
      { numRuns: 300 },
    );
  });
});
