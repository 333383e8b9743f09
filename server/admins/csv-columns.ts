import type { CsvColumn } from '../platform/csv.ts';
import { later } from '../words/say.ts';
import type { AdminRow } from './queries.ts';

const iso = (text: string | null): string | undefined => (text === null ? undefined : new Date(text).toISOString());
const names = (all: readonly { name: string }[]): string => all.map(({ name }) => name).join(', ');

/** The staff as a spreadsheet has it. Times in UTC. */
export const adminColumns: CsvColumn<AdminRow>[] = [
  { head: later('Id'), cell: row => row.id },
  { head: later('Name'), cell: row => `${row.first_name} ${row.last_name}` },
  { head: later('Username'), cell: row => row.username },
  { head: 'Email', cell: row => row.email },
  { head: later('Roles'), cell: row => names(row.roles) },
  { head: later('Departments'), cell: row => names(row.departments) },
  { head: later('Second factor'), cell: row => [...(row.has_app ? ['app'] : []), ...(row.has_passkey ? ['passkey'] : [])].join(', ') },
  { head: later('State'), cell: row => (row.disabled_at === null ? 'active' : 'disabled') },
  { head: later('Last seen'), cell: row => iso(row.last_seen_at) },
  { head: later('Joined'), cell: row => iso(row.created_at) },
  { head: later('Disabled'), cell: row => iso(row.disabled_at) },
  { head: later('Disabled by'), cell: row => row.disabled_by },
];
