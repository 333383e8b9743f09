import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { moment } from './shared.ts';

export const notesView = z.object({
  text: z.string(),
  /** 0 as long as nothing was ever written. */ version: z.int(),
  changedAt: moment.nullable(),
});
export type NotesView = z.infer<typeof notesView>;

export const getNotes = endpoint('GET', '/me/notes', 'One’s own notes, which nobody else sees.', { result: notesView });
export const saveNotes = endpoint('PUT', '/me/notes', 'Saves one’s own notes; a version that is no longer the newest is a conflict.', {
  body: z.strictObject({
    version: z.int().min(0),
    text: z.string().max(20_000, 'At most 20,000 characters.'),
  }),
  bodyLimit: 128 * 1024,
  result: notesView,
});
