import { expect, test, vi } from 'vitest';
import type { NotesView } from '#contract/notes.ts';
import { Notes } from '#lib/notes.svelte.ts';

const stored = (text: string, version: number): NotesView => ({ text, version, changedAt: '2026-11-25T12:00:00Z' });

/** What the server holds, and what it is asked. */
function server(begin: NotesView) {
  const held = { now: begin, saves: 0 };
  vi.stubGlobal('fetch', async (_: RequestInfo, init?: RequestInit) => {
    if (init?.method !== 'PUT') return Response.json(held.now);
    held.saves += 1;
    const { version, text } = JSON.parse(String(init.body)) as { version: number; text: string };
    if (version !== held.now.version)
      return new Response(JSON.stringify({ type: 'about:blank', title: 'Changed.', status: 409, code: 'conflict', requestId: 'r' }), {
        status: 409,
        headers: { 'content-type': 'application/problem+json' },
      });
    held.now = stored(text, version + 1);
    return Promise.resolve(Response.json(held.now));
  });
  return held;
}

test('what is typed is saved, and what another window saves appears where nothing else is typed', async () => {
  const held = server(stored('one', 1));
  const notes = new Notes();
  await notes.read();
  expect(notes.text).toBe('one');
  notes.type('two');
  expect(notes.state).toBe('typing');
  await notes.save();
  expect([held.now.text, notes.state]).toEqual(['two', 'saved']);
  notes.hear(stored('three', 3));
  expect(notes.text).toBe('three');
  notes.hear(stored('two', 2)); // late
  expect(notes.text).toBe('three');
  await notes.save();
  expect(held.saves).toBe(1); // nothing to save
});

test('what two windows write at once is told, and either can be kept', async () => {
  const held = server(stored('one', 1));
  const [mine, other] = [new Notes(), new Notes()];
  for (const notes of [mine, other]) await notes.read();
  mine.type('mine');
  other.type('theirs');
  await other.save();
  await mine.save(); // refused, and read again
  expect(mine).toMatchObject({ text: 'mine', theirs: { text: 'theirs' } });
  mine.keepMine();
  await vi.waitFor(() => expect(held.now.text).toBe('mine'));
  other.type('later');
  other.hear(held.now);
  expect(other).toMatchObject({ text: 'later', theirs: { text: 'mine' } });
  other.takeTheirs();
  expect(other).toMatchObject({ text: 'mine', theirs: undefined, state: 'saved' });
});
