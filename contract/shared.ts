import { z } from 'zod';
import { FORBIDDEN_PASSWORD_CHARACTERS, MAX_PASSWORD_LENGTH, PASSWORD_BYTES, USERNAME } from './accounts.ts';

export const id = z.uuid();
export const moment = z.iso.datetime();
export const email = z.email('This is not an email address.').max(254, 'An email address has at most 254 characters.');

export const username = z.string().regex(USERNAME, 'A letter from A to Z first, then letters and digits only, at most 32.');

/** A password that is being set. What the organisation asks beyond this (minimum length, not a common one) the server adds. */
export const newPassword = z
  .string()
  .refine(
    text => !FORBIDDEN_PASSWORD_CHARACTERS.some(character => text.includes(character)),
    'These five characters cannot be used: & " \' < >',
  )
  .refine(
    text => [...text.normalize('NFC')].length <= MAX_PASSWORD_LENGTH && new TextEncoder().encode(text).length <= PASSWORD_BYTES,
    'At most 256 characters.',
  );
/** A password that is being checked: any that could ever have been set. */
export const givenPassword = z.string().min(1, 'Type your password.').max(PASSWORD_BYTES);

export const name = z.string().trim().min(1, 'Write a name.').max(100, 'At most 100 characters.');

/** Markdown under what somebody writes to others. */
export const signature = z.string().trim().max(2000, 'At most 2,000 characters.');
/** Seen by the person they are about and by superadmins. */
export const privateNotes = z.string().trim().max(5000, 'At most 5,000 characters.');

export const timeZone = z.string().refine(zone => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'This is not a time zone, such as Europe/Stockholm.');

const ROWS_PER_PAGE = [25, 50, 100, 200] as const;
export const rowsPerPage = z.union(
  ROWS_PER_PAGE.map(rows => z.literal(rows)) as [z.ZodLiteral<25>, z.ZodLiteral<50>, z.ZodLiteral<100>, z.ZodLiteral<200>],
);

/** A page of a list, as it stands in a query string. Without `pageSize` the person's own choice holds, else the installation's. */
export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().pipe(rowsPerPage).optional(),
});

/** A list that is paged by number. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int(), page: z.int(), pageSize: z.int() });
/**
 * A page of a list that only grows, as it stands in a query string: what has a smaller number than `before`, which is the `next` of the
 * page before. `pageSize` as with other lists, and smaller ones for those who need only a few.
 */
export const cursorQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  pageSize: z.coerce.number().int().min(1).max(200).optional(),
});
/** A list that only grows, paged by a cursor. `next` is absent at the end. */
export const cursorOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().optional(), pageSize: z.int() });
