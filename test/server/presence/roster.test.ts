import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RosterDiff, RosterRow, RosterSnapshot } from '#contract/presence.ts';
import { Roster } from '#server/presence/Roster.ts';

const ids = Array.from({ length: 6 }, () => randomUUID());
const epoch = 'e1';

const row = (id: string, since: number): RosterRow => ({
  id,
  name: `P ${id}`,
  roles: ['Staff'],
  state: 'online',
  since,
  stateSince: since,
});
const packetOf = (diff: RosterDiff): string => `2${JSON.stringify(['presence:changed', diff])}`;

/** What a browser does with what it is sent: older never replaces newer. */
function follow(rows: Map<string, RosterRow>, held: number, packets: string[]): number {
  let version = held;
  for (const packet of packets) {
    const [event, body] = JSON.parse(packet.slice(1)) as [string, RosterDiff & RosterSnapshot];
    if (event === 'presence:roster') {
      rows.clear();
      for (const person of body.people) rows.set(person.id, person);
    } else {
      expect(body.version).toBe(version + 1);
      for (const person of body.changed) rows.set(person.id, person);
      for (const id of body.gone) rows.delete(id);
    }
    version = body.version;
  }
  return version;
}

const change = fc.record({ changed: fc.uniqueArray(fc.nat(5), { maxLength: 3 }), gone: fc.uniqueArray(fc.nat(5), { maxLength: 2 }) });

describe('the copy of the roster', () => {
  test('brings whoever held any version to exactly what a newcomer is shown', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.nat(30), (changes, at) => {
        const roster = new Roster();
        roster.reset({ epoch, version: 10, people: [row(ids[0] ?? '', 1)] });
        const rows = new Map([[ids[0] ?? '', row(ids[0] ?? '', 1)]]);
        let held = 10;
        changes.forEach(({ changed, gone }, i) => {
          const diff = { epoch, version: 11 + i, changed: changed.map(n => row(ids[n] ?? '', i)), gone: gone.map(n => ids[n] ?? '') };
          expect(roster.apply(packetOf(diff))).toBe('applied');
          if (i < at) held = follow(rows, held, [packetOf(diff)]);
        });
        const version = follow(rows, held, roster.since({ epoch, version: held }));
        const fresh = roster.snapshot();
        expect(version).toBe(fresh.version);
        expect(new Map(rows)).toEqual(new Map(fresh.people.map(person => [person.id, person])));
        expect(JSON.parse(roster.text())).toEqual(fresh);
      }),
    );
  });

  test('tells a gap and another epoch from what it has already, and is not changed by them', () => {
    const roster = new Roster();
    roster.reset({ epoch, version: 5, people: [] });
    const diff = (version: number, of = epoch): string => packetOf({ epoch: of, version, changed: [row(ids[1] ?? '', version)], gone: [] });
    expect(roster.apply(diff(7))).toBe('gap');
    expect(roster.apply(diff(6, 'e2'))).toBe('foreign');
    expect(roster.apply(diff(5))).toBe('old');
    expect(roster.apply('2["presence:changed",{"of":"another release"}]')).toBe('foreign');
    expect(roster.snapshot()).toEqual({ epoch, version: 5, total: 0, people: [] });
  });

  test('sends nothing to who holds it, and all of it to who holds another epoch, too old a version or none', () => {
    const roster = new Roster();
    roster.reset({ epoch, version: 0, people: [] });
    for (let version = 1; version <= 600; version += 1)
      roster.apply(packetOf({ epoch, version, changed: [row(ids[version % 6] ?? '', version)], gone: [] }));
    expect(roster.since({ epoch, version: 600 })).toEqual([]);
    expect(roster.since({ epoch, version: 599 })).toHaveLength(1);
    for (const holding of [{}, { epoch: 'e0', version: 600 }, { epoch, version: 80 }]) {
      const [packet = ''] = roster.since(holding);
      expect(packet).toBe(`2["presence:roster",${roster.text()}]`);
    }
  });

  test('lists a hundred of more than three hundred, and counts all', () => {
    const roster = new Roster();
    const people = Array.from({ length: 301 }, (_, i) => ({ ...row(randomUUID(), 1), name: `P ${String(i).padStart(3, '0')}` }));
    roster.reset({ epoch, version: 1, people: people.slice(0, 300) });
    expect(roster.snapshot().people).toHaveLength(300);
    roster.reset({ epoch, version: 2, people });
    const { total, people: shown } = roster.snapshot();
    expect([total, shown.length, shown[0]?.name, shown[99]?.name]).toEqual([301, 100, 'P 000', 'P 099']);
  });
});
