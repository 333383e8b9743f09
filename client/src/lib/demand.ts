import type { ProblemDocument } from '#contract/problems.ts';
import type { Permission } from '#contract/permissions.ts';
import { read } from './api.ts';
import { late } from './late.ts';
import { ApiProblem } from './problem.ts';
import { session } from './session.svelte.ts';
import { shared as words } from './words/en/shared.ts';

/** As people call a right. The catalogue is fetched when somebody lacks one, which is seldom. */
const labelOf = async (permission: Permission): Promise<string> => (await late(import('#contract/permissions.ts'))).right(permission).label;

/** What the server would say is missing, the roles that grant it and who holds those: for whoever may not even see roles, only what. */
export async function denialOf(permission: Permission): Promise<NonNullable<ProblemDocument['missing']>> {
  const granting = session.may('roles.view')
    ? (await read('GET /roles')).items.filter(({ effective }) => effective.includes(permission))
    : [];
  return {
    permission,
    label: await labelOf(permission),
    roles: granting.map(({ name }) => name),
    people: [...new Set(granting.flatMap(({ people }) => people.map(({ name }) => name)))],
  };
}

/**
 * Stops at the door of a page whose reads alone ask for less than what it is for.
 * @throws ApiProblem `forbidden`, as the server would say it
 */
export async function demand(permission: Permission): Promise<void> {
  if (session.may(permission)) return;
  const { problemTitles } = await late(import('#contract/words/en/problems.ts'));
  const [status, title] = [403, problemTitles.forbidden];
  throw new ApiProblem({
    type: 'about:blank',
    code: 'forbidden',
    status,
    title,
    detail: words.denied(await labelOf(permission)),
    requestId: '',
    ...(session.may('roles.view') && { missing: await denialOf(permission) }),
  });
}
