import type { EntityManager } from '@mikro-orm/postgresql';
import * as contract from '#contract/notes.ts';
import { type Route, route } from '../platform/http/route.ts';
import { room } from '../platform/live/rooms.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';

interface Row {
  text: string;
  version: number;
  changed_at: string;
}
const present = ({ text, version, changed_at }: Row): contract.NotesView => ({
  text,
  version,
  changedAt: new Date(changed_at).toISOString(),
});

async function read(em: EntityManager, adminId: string): Promise<contract.NotesView> {
  const [row] = await em.execute<Row[]>('select text, version, changed_at from own_notes where admin_id = ?', [adminId]);
  return row ? present(row) : { text: '', version: 0, changedAt: null };
}

/**
 * Saves notes over the version that was read, in one statement: of two tabs that write at once, one is told.
 * @throws Problem `conflict`
 */
async function save(em: EntityManager, adminId: string, { text, version }: { text: string; version: number }): Promise<contract.NotesView> {
  const [row] = await em.execute<Row[]>(
    version === 0
      ? `insert into own_notes (admin_id, text, version, changed_at) values (?, ?, 1, now()) on conflict do nothing returning text, version, changed_at`
      : `update own_notes set text = ?, version = version + 1, changed_at = now() where admin_id = ? and version = ? returning text, version, changed_at`,
    version === 0 ? [adminId, text] : [text, adminId, version],
  );
  if (!row) throw new Problem('conflict', { detail: say('These notes were changed in another window.') });
  return present(row);
}

export const noteRoutes: Route[] = [
  route(contract.getNotes, 'signed-in', {}, ({ em, actor }) => read(em, actor.id ?? '')),

  route(
    contract.saveNotes,
    'signed-in',
    { records: { nothing: 'notes are for the person who writes them alone' } },
    async ({ em, actor, body, tools }) => {
      const saved = await save(em, actor.id ?? '', body);
      tools.broadcast.send(room.person(actor.id ?? ''), 'notes:changed', saved);
      return saved;
    },
  ),
];
