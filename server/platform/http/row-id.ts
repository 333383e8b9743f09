import { z } from 'zod';
import { Problem } from '../problem.ts';

const uuid = z.uuid();
/** The id of a row from a path. Anything but a UUID names none, and PostgreSQL would refuse to look. @throws Problem `not_found` */
export function rowId(text: string): string {
  if (!uuid.safeParse(text).success) throw new Problem('not_found');
  return text;
}
