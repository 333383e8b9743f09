import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActivityEntry } from '#contract/activity.ts';
import { ActivityTail, changesOf, factText, matches } from '#lib/activity.svelte.ts';

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
  const sent = entry(1);
  expect(matches({}, sent)).toBe(true);
  expect(matches({ family: 'security' }, sent)).toBe(false);
  expect(matches({ family: 'staff', type: 'invitation.sent', search: 'RUIZ' }, sent)).toBe(true);
  expect(matches({ search: 'Sam@North' }, sent)).toBe(true);
  expect(matches({ search: 'tomas' }, sent)).toBe(false);
  expect(matches({ type: 'invitation' }, sent)).toBe(false);
});

test('changes are read field by field, and only where the facts have both sides', () => {
  const changed = entry(1, {
    facts: { changes: { email: { before: 'a@b.example', after: 'c@d.example' }, note: { before: null, after: ['x'] } } },
  });
  expect(changesOf(changed)).toEqual([
    { name: 'email', before: 'a@b.example', after: 'c@d.example' },
    { name: 'note', before: '', after: '[ "x" ]' },
  ]);
  expect(changesOf(entry(2, { facts: { changes: ['name', 'target'] } }))).toEqual([]);
  expect(factText({ amount: 25, currency: 'USD' })).toBe('{ "amount": 25, "currency": "USD" }');
});
