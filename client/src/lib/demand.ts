import { problems } from '#contract/problems.ts';
import { right, type Permission } from '#contract/permissions.ts';
import { read } from './api.ts';
import { ApiProblem } from './problem.ts';
import { session } from './session.svelte.ts';
import { shared as words } from './words/en/shared.ts';

/**
 * Stops at the door of a page whose reads alone ask for less than what it is for.
 * @throws ApiProblem `forbidden`, as the server would say it
 */
export async function demand(permission: Permission): Promise<void> {
  if (session.may(permission)) return;
  const { label } = right(permission);
  const { status, title } = problems.forbidden;
  const granting = session.may('roles.view')
    ? (await read('GET /roles')).items.filter(({ effective }) => effective.includes(permission))
    : undefined;
  throw new ApiProblem({
    type: 'about:blank',
    code: 'forbidden',
    status,
    title,
    detail: words.denied(label),
    requestId: '',
    ...(granting && {
      missing: {
        permission,
        label,
        roles: granting.map(({ name }) => name),
        people: [...new Set(granting.flatMap(({ people }) => people.map(({ name }) => name)))],
      },
    }),
  });
}
