import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActivityEntry } from '#contract/activity.ts';
import { ActivityTail, matches } from '#lib/activity.svelte.ts';
import { changesOf, fieldName, valueText } from '#lib/diff.ts';
import { likely } from '#lib/likely.ts';

const entry = (seq: number, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  seq,
  id: String(seq),
  type: 'invitation.sent',
  family: 'staff',
  at: '2026-11-25T10:00:00.000Z',
  storedAt: '2026-11-25T10:00:00.000Z',
  actor: { kind: 'admin', name: 'Ana Ruiz' },
  facts: { email: 'sam@northwind.example' },
  label: 'An invitation was sent',
  severity: 'info',
  title: 'invited sam@northwind.example',
  ...more,
});
const seqs = (tail: ActivityTail) => tail.entries.map(({ seq }) => seq);

describe('the tail of the log', () => {
  test('shows every entry once, newest first, however they come; nothing that was held back is lost', () => {
    const step = fc.oneof(fc.record({ seqs: fc.array(fc.nat(40), { maxLength: 5 }), hold: fc.boolean() }), fc.constant('reveal' as const));
    fc.assert(
      fc.property(fc.array(fc.nat(40)), fc.array(step), (first, steps) => {
        const tail = new ActivityTail(first.map(seq => entry(seq)));
        const all = new Set(first);
        for (const each of steps) {
          const before = seqs(tail);
          if (each === 'reveal') tail.reveal();
          else {
            for (const seq of each.seqs) all.add(seq);
            tail.add(
              each.seqs.map(seq => entry(seq)),
              each.hold,
            );
            if (each.hold) expect(seqs(tail)).toEqual(before);
          }
          expect(seqs(tail).length + tail.waiting).toBe(all.size);
        }
        tail.reveal();
        expect(seqs(tail)).toEqual([...all].sort((a, b) => b - a));
      }),
    );
  });

  test('joins the newest page to what it has where the two meet', () => {
    const tail = new ActivityTail([entry(3), entry(2)]);
    tail.catchUp([entry(5), entry(4), entry(3)], false, false);
    expect(seqs(tail)).toEqual([5, 4, 3, 2]);
  });

  test('starts anew where something in between was missed, but not before it may move', () => {
    const tail = new ActivityTail([entry(3), entry(2)]);
    tail.catchUp([entry(90), entry(89)], false, true);
    tail.add([entry(91)], true);
    expect(seqs(tail)).toEqual([3, 2]);
    expect(tail.waiting).toBe(3);
    tail.reveal();
    expect(seqs(tail)).toEqual([91, 90, 89]);
  });

  test('marks what came by itself, not what the page brought', () => {
    const tail = new ActivityTail([entry(1)]);
    tail.add([entry(2)], false);
    expect([tail.hasArrived(1), tail.hasArrived(2)]).toEqual([false, true]);
  });
});

test('an entry is shown if it fits what is asked for', () => {
  const [who, role, session] = [
    '0193a000-0000-7000-8000-000000000001',
    '0193a000-0000-7000-8000-000000000002',
    '0193a000-0000-7000-8000-000000000003',
  ];
  const sent = entry(1, {
    actor: { kind: 'admin', id: who, name: 'Ana Ruiz' },
    facts: { email: 'sam@northwind.example', roleId: role },
    address: '203.0.113.7',
    session,
  });
  expect(matches({}, sent)).toBe(true);
  expect(matches({ family: 'security' }, sent)).toBe(false);
  expect(matches({ family: 'staff', type: 'invitation.sent', search: 'RUIZ' }, sent)).toBe(true);
  expect(matches({ search: 'Sam@North' }, sent)).toBe(true);
  expect(matches({ search: 'tomas' }, sent)).toBe(false);
  expect(matches({ type: 'invitation' }, sent)).toBe(false);
  expect(matches({ actor: who, address: '203.0.113.7', session }, sent)).toBe(true);
  expect(matches({ actor: role }, sent)).toBe(false);
  expect(
    [role, who].map(object => matches({ object }, sent)),
    'what it names, and what they did',
  ).toEqual([true, true]);
  expect(matches({ object: session }, sent)).toBe(false);
  expect(matches({ session: who }, sent)).toBe(false);
  expect(matches({ address: '203.0.113.8' }, sent)).toBe(false);
  const at = '2026-11-25T10:00:00.000Z';
  expect([matches({ from: at }, sent), matches({ to: at }, sent)], 'from a moment on, and before one').toEqual([true, false]);
  expect(matches({ from: '2026-11-25T11:00:00+01:00', to: '2026-11-25T10:00:01.000Z' }, sent)).toBe(true);
});

describe('a change as it is read', () => {
  test('names fields in words and puts values as people write them', () => {
    expect(
      changesOf({
        changes: {
          rowsPerPage: { before: 50, after: 1200 },
          secondFactorDemanded: { before: false, after: true },
          note: { before: null, after: 'x' },
          lastSeenElsewhere: { before: 'a', after: '' },
        },
      }),
    ).toEqual([
      { field: 'Records to Display per Page', before: ['50'], after: ['1,200'], kept: 0 },
      { field: 'Second factor demanded', before: ['no'], after: ['yes'], kept: 0 },
      { field: 'Note', before: [], after: ['x'], kept: 0 },
      { field: 'Last seen elsewhere', before: ['a'], after: [], kept: 0 },
    ]);
  });

  test('of lists shows what went and what came, and counts the rest', () => {
    expect(
      changesOf({ changes: { permissions: { before: ['queues.view', 'roles.view', 'x'], after: ['x', 'admins.view', 'roles.view'] } } }),
    ).toEqual([{ field: 'Permissions', before: ['View queues (queues.view)'], after: ['View staff (admins.view)'], kept: 2 }]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), fc.uniqueArray(fc.string({ minLength: 1 })), (before, after) => {
        const [change] = changesOf({ changes: { list: { before, after } } });
        expect((change?.before.length ?? 0) + (change?.kept ?? 0)).toBe(before.length);
        expect((change?.after.length ?? 0) + (change?.kept ?? 0)).toBe(after.length);
      }),
    );
  });

  test('is read only where the facts have both sides', () => {
    expect(changesOf({ changes: ['name', 'target'] })).toEqual([]);
    expect(changesOf({ changes: { a: 1, b: { before: 1 } } })).toEqual([]);
    expect(changesOf({})).toEqual([]);
    expect(valueText({ amount: 25, currency: 'USD' })).toBe('{ "amount": 25, "currency": "USD" }');
    expect([fieldName('constructor'), fieldName('__proto__')]).toEqual(['Constructor', 'Proto']);
  });
});

test('a mistyped address and words find the pages they are like', () => {
  const places = [
    { href: '/dashboard', name: 'Dashboard' },
    { href: '/staff', name: 'Staff' },
    { href: '/roles', name: 'Roles' },
    { href: '/notifications/log', name: 'Delivery log' },
  ];
  const names = (meant: string) => likely(places, meant, 3).map(({ name }) => name);
  expect(names('/stafff/12')[0]).toBe('Staff');
  expect(names('/rolse')[0]).toBe('Roles');
  expect(names('/zzz')).toHaveLength(3);
  expect(names('deliv')).toEqual(['Delivery log']);
  expect(names('zzz')).toEqual([]);
});
