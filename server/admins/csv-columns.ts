import type { CsvColumn } from '../platform/csv.ts';
import type { AdminRow } from './queries.ts';

const iso = (text: string | null): string | undefined => (text === null ? undefined : new Date(text).toISOString());
const names = (all: readonly { name: string }[]): string => all.map(({ name }) => name).join(', ');

/** The staff as a spreadsheet has it. Times in UTC. */
export const adminColumns: CsvColumn<AdminRow>[] = [
  { head: 'Id', cell: row => row.id },
  { head: 'Name', cell: row => `${row.first_name} ${row.last_name}` },
  { head: 'Username', cell: row => row.username },
  { head: 'Email', cell: row => row.email },
  { head: 'Roles', cell: row => names(row.roles) },
  { head: 'Departments', cell: row => names(row.departments) },
  { head: 'Second factor', cell: row => [...(row.has_app ? ['app'] : []), ...(row.has_passkey ? ['passkey'] : [])].join(', ') },
  { head: 'State', cell: row => (row.disabled_at === null ? 'active' : 'disabled') },
  { head: 'Last seen', cell: row => iso(row.last_seen_at) },
  { head: 'Joined', cell: row => iso(row.created_at) },
  { head: 'Disabled', cell: row => iso(row.disabled_at) },
  { head: 'Disabled by', cell: row => row.disabled_by },
];
