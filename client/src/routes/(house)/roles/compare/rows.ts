import { PERMISSIONS, type Permission, closure, isPermission, right } from '#contract/permissions.ts';
import { rightGroups } from '#contract/words/en/rights.ts';
import type { RoleView } from '#contract/roles.ts';
import { roles as all } from '#lib/words/en/roles.ts';

/** What a role says to one line of the comparison. `granted` is absent for settings. */
export interface Cell {
  granted?: boolean;
  text: string;
}
export interface ComparedRow {
  group: string;
  label: string;
  /** Of a right. */
  id: string;
  /** One for each role, in their order. */
  cells: Cell[];
}

const words = all.comparison;

function cellOf(role: RoleView, id: Permission): Cell {
  if (!role.effective.includes(id)) return { granted: false, text: words.no };
  if (role.superadmin || role.permissions.includes(id)) return { granted: true, text: words.yes };
  const by = role.permissions.filter(isPermission).filter(one => closure([one]).has(id));
  return { granted: true, text: words.implied(by.map(one => right(one).label)) };
}

const setting = (label: string, roles: readonly RoleView[], text: (role: RoleView) => string): ComparedRow => ({
  group: words.settings,
  label,
  id: '',
  cells: roles.map(role => ({ text: text(role) })),
});

/** All that roles grant and set, line by line. */
export const comparedRows = (roles: readonly RoleView[]): ComparedRow[] => [
  ...PERMISSIONS.map(id => ({
    group: rightGroups[right(id).group],
    label: right(id).label,
    id,
    cells: roles.map(role => cellOf(role, id)),
  })),
  setting(words.secondFactor, roles, role => (role.secondFactorDemanded ? all.demanded(role.secondFactorGraceDays) : all.notDemanded)),
  setting(words.messages, roles, ({ messageTypes }) =>
    messageTypes.length === 0 ? all.noMessages : all.list(messageTypes.map(type => all.message[type])),
  ),
  setting(words.keep, roles, ({ keepSignedIn }) => (keepSignedIn ? words.allowed : words.forbidden)),
  setting(words.holders, roles, ({ holders }) => String(holders)),
];

/** Whether the roles differ here: how a right comes makes no difference to whoever holds it. */
export const differs = ({ cells }: ComparedRow): boolean =>
  new Set(cells.map(({ granted, text }) => (granted === undefined ? text : String(granted)))).size > 1;

/** A formula would be run by the program that opens the file; RFC 4180 quotes. */
const field = (text: string): string => `"${(/^[=+\-@\t\r\0]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** The comparison as CSV (RFC 4180). */
export function csvOf(roles: readonly RoleView[], rows: readonly ComparedRow[]): string {
  const head = [words.what, words.id, ...roles.map(({ name }) => name)];
  return [head, ...rows.map(({ label, id, cells }) => [label, id, ...cells.map(({ text }) => text)])]
    .map(line => `${line.map(field).join(',')}\r\n`)
    .join('');
}
