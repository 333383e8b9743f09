import type { DepartmentView } from '#contract/departments.ts';
import type { RoleView } from '#contract/roles.ts';
import type { Input } from '#lib/api.ts';
import { accounts as words } from '#lib/words/en/accounts.ts';
import { staff } from '#lib/words/en/staff.ts';

type Query = NonNullable<Input<'GET /admins'>['query']>;

/** What a list of accounts is narrowed to, in words. */
export function inWords(query: Query, roles: readonly RoleView[], departments: readonly DepartmentView[]): string[] {
  const role = roles.find(({ id }) => id === query.role);
  const department = departments.find(({ id }) => id === query.department);
  return [
    ...(query.search ? [staff.withWords(query.search)] : []),
    ...(query.role ? [staff.withRole(role?.name ?? words.unknown)] : []),
    ...(query.department ? [words.with(words.department, department?.name ?? words.unknown)] : []),
    ...(query.secondFactor ? [words.with(words.secondFactor, words.secondFactors[query.secondFactor].toLowerCase())] : []),
    ...(query.presence ? [words.with(words.presence, words.presences[query.presence].toLowerCase())] : []),
  ];
}

/** Where the same list is had as a file: all of it, or those named. */
export function exportAddress(query: Query, ids?: readonly string[]): string {
  const { state, search, role, department, secondFactor, presence, sort } = query;
  const asked = Object.entries({ state, search, role, department, secondFactor, presence, sort, ids: ids?.join(',') });
  return `/api/admins.csv?${new URLSearchParams(asked.flatMap(([name, value]) => (value ? [[name, value]] : []))).toString()}`;
}
