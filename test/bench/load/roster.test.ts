import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { rosterAfter } from './roster.ts';

const row = (id: string) => ({ id, name: 'A B', roles: [], state: 'online', since: 1, stateSince: 1 });
const packet = (event: string, value: unknown): string => `2${JSON.stringify([event, value])}`;

test('a client shows the latest whole roster and what changed since', () => {
  const [a, b, c, d] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const shown = rosterAfter([
    packet('presence:roster', { epoch: 'e1', version: 3, total: 1, people: [row(d)] }),
    packet('presence:roster', { epoch: 'e2', version: 4, total: 2, people: [row(a), row(b)] }),
    packet('live:beat', 1),
    packet('presence:changed', { epoch: 'e2', version: 5, changed: [row(c)], gone: [] }),
    packet('presence:changed', { epoch: 'e2', version: 6, changed: [row(b)], gone: [a] }),
  ]);
  expect(shown).toEqual({ epoch: 'e2', version: 6, ids: [b, c].sort() });
});
