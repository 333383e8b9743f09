import { DriverException } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { noted } from '../words/say.ts';

/** The longest that any view shows. */
const LONGEST = 300;

/** Each part at fault by its place, such as `items[0].text`. */
const faultsOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => (path.length > 0 ? `${z.core.toDotPath(path)}: ${message}` : message)).join('; ');

/** Why something could not be asked, in words for whoever may see the widget; the log has the rest. */
export function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return noted('The figures do not fit their view: {why}', { why: faultsOf(error) }).slice(0, LONGEST);
  if (error instanceof DriverException) return noted('The database could not be asked.'); // its message is SQL
  return error instanceof Error && error.message !== '' ? error.message.slice(0, LONGEST) : noted('It failed without a reason.');
}
