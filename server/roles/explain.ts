import type { EntityManager } from '@mikro-orm/postgresql';
import { type Permission } from '#contract/permissions.ts';
import type { ProblemDocument } from '#contract/problems.ts';
import type { Actor } from '../platform/actor.ts';
import { giversOf, rolesGranting } from './givers.ts';
import { rightLabel } from '../words/rights.ts';

/** Nobody asks more people than this by hand. */
const MOST_PEOPLE = 5;

/** The names of those who can give a right to somebody, at most five. */
export async function namesOfGivers(em: EntityManager, permission: Permission, person: Parameters<typeof giversOf>[2]): Promise<string[]> {
  return (await giversOf(em, permission, person)).slice(0, MOST_PEOPLE).map(({ name }) => name);
}

/** What somebody who was refused needs to know: the missing right in words, the roles that grant it, and who can give it to them. */
export async function explainDenial(
  em: EntityManager,
  permission: Permission,
  actor?: Actor,
): Promise<NonNullable<ProblemDocument['missing']>> {
  const roles = await rolesGranting(em, permission);
  return {
    permission,
    label: rightLabel(permission),
    roles: roles.map(({ name }) => name),
    // a program has no roles: its scopes are what its owner, or whoever makes keys, gives it
    people: await namesOfGivers(em, permission, actor?.kind === 'admin' ? actor : undefined),
  };
}
