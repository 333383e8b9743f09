import type { AdminDetail, AdminView } from '#contract/admins.ts';
import { LANGUAGES } from '#contract/languages.ts';
import { PERMISSIONS, closure } from '#contract/permissions.ts';
import type { Actor } from '../platform/actor.ts';
import { canManage } from '../roles/policy.ts';
import type { AdminDetailRow, AdminRow } from './queries.ts';

/** What is stored as long as the product speaks it. */
export const languageOf = (stored: string | null | undefined): AdminDetail['language'] =>
  LANGUAGES.find(language => language === stored) ?? null;

const moment = (text: string): string => new Date(text).toISOString();

function standingOf({ id, roles }: AdminRow, reader: Actor): AdminView['standing'] {
  if (id === reader.id) return 'yourself';
  const superadmin = roles.some(role => role.superadmin);
  const permissions = superadmin ? new Set(PERMISSIONS) : closure(roles.flatMap(role => role.permissions));
  return canManage(reader, { superadmin, permissions }) ? 'manageable' : 'stronger';
}

/** @param reader decides `standing`. */
export const presentAdmin = (row: AdminRow, reader: Actor): AdminView => ({
  id: row.id,
  username: row.username,
  name: `${row.first_name} ${row.last_name}`,
  firstName: row.first_name,
  lastName: row.last_name,
  email: row.email,
  avatar: row.avatar,
  roles: row.roles.map(({ id, name }) => ({ id, name })),
  departments: row.departments.map(({ id, name, ticketNotifications }) => ({ id, name, ticketNotifications })),
  superadmin: row.roles.some(role => role.superadmin),
  secondFactors: [...(row.has_app ? ['app' as const] : []), ...(row.has_passkey ? ['passkey' as const] : [])],
  secondFactorDemanded: row.roles.some(role => role.demands),
  state: row.disabled_at === null ? 'active' : 'disabled',
  disabled: row.disabled_at === null ? null : { at: moment(row.disabled_at), by: row.disabled_by },
  joinedAt: moment(row.created_at),
  lastSeenAt: row.last_seen_at === null ? null : moment(row.last_seen_at),
  standing: standingOf(row, reader),
});

/** Private notes are for the person and for Full Administrators. */
export const readsNotesOf = (reader: Actor, adminId: string): boolean => reader.superadmin || reader.id === adminId;

/** The log is read by more people than private notes are. */
export const shownInLog = (field: string, value: unknown): unknown =>
  field === 'privateNotes' ? (value === '' ? '' : '(not shown)') : value;

/** @param reader decides `standing`, and whether `privateNotes` are there. */
export const presentAdminDetail = (row: AdminDetailRow, reader: Actor): AdminDetail => ({
  ...presentAdmin(row, reader),
  language: languageOf(row.language),
  signature: row.signature,
  ...(readsNotesOf(reader, row.id) ? { privateNotes: row.private_notes } : {}),
  mustChangePassword: row.must_change_password,
  lastSuperadmin: row.last_superadmin,
  version: row.version,
});
