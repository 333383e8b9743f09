import type { AdminView } from '#contract/admins.ts';
import type { AdminRow } from './queries.ts';

const moment = (text: string): string => new Date(text).toISOString();

export const presentAdmin = (row: AdminRow): AdminView => ({
  id: row.id,
  username: row.username,
  name: `${row.first_name} ${row.last_name}`,
  firstName: row.first_name,
  lastName: row.last_name,
  email: row.email,
  roles: row.roles.map(({ id, name }) => ({ id, name })),
  state: row.disabled_at === null ? 'active' : 'disabled',
  joinedAt: moment(row.created_at),
  lastSeenAt: row.last_seen_at === null ? null : moment(row.last_seen_at),
});
