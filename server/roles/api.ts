import type { EntityManager } from '@mikro-orm/postgresql';
import { PERMISSIONS } from '#contract/permissions.ts';
import * as contract from '#contract/roles.ts';
import type { Actor } from '../platform/actor.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import type { ServerTools } from '../platform/tools.ts';
import { addRole } from './add-role.ts';
import { deleteRole } from './delete-role.ts';
import { editRole } from './edit-role.ts';
import { presentPermission, presentRole } from './present.ts';
import { rolesWithHolders } from './queries.ts';
import { type Panel, reviewRemoval, reviewRole } from './review.ts';

/** @throws Problem `not_found` */
async function viewOf(em: EntityManager, reader: Actor, id: string): Promise<contract.RoleView> {
  const found = (await rolesWithHolders(em)).find(({ role }) => role.id === id);
  if (!found) throw new Problem('not_found');
  return presentRole(found, reader);
}

const panelsOf = ({ widgets }: ServerTools): Panel[] => [...widgets.values()].map(({ describe: { title, needs } }) => ({ title, needs }));

const reading: Route[] = [
  route(contract.listRoles, 'roles.view', {}, async ({ em, actor }) => ({
    items: (await rolesWithHolders(em)).map(found => presentRole(found, actor)),
  })),

  route(contract.getRole, 'roles.view', {}, ({ em, actor, params }) => viewOf(em, actor, params.id)),

  route(contract.listPermissions, 'roles.view', {}, () => Promise.resolve({ items: PERMISSIONS.map(presentPermission) })),

  route(contract.reviewRole, 'roles.edit', { records: { nothing: 'it says what a change would do, and does nothing' } }, call =>
    reviewRole(call.em, call.actor, call.params.id, call.body, panelsOf(call.tools)),
  ),

  route(contract.reviewRoleRemoval, 'roles.edit', {}, ({ em, actor, params, query, tools }) =>
    reviewRemoval(em, actor, params.id, query, panelsOf(tools)),
  ),
];

/** Servers look at once who has to come back through the door, instead of in half a second. */
const changing: Route[] = [
  route(contract.addRole, 'roles.edit', { records: ['role.added'], confirmed: true }, async ({ em, actor, body }) => {
    const { id } = await addRole(em, actor, body);
    return viewOf(em, actor, id);
  }),

  route(contract.editRole, 'roles.edit', { records: ['role.edited'], confirmed: true }, async ({ em, actor, params, body, tools }) => {
    await editRole(em, actor, params.id, body);
    tools.broadcast.control({ kind: 'look' });
    return viewOf(em, actor, params.id);
  }),

  route(
    contract.deleteRole,
    'roles.edit',
    { records: ['role.deleted', 'rights.changed', 'invitation.edited'], confirmed: true },
    async ({ em, actor, params, query, tools }) => {
      const moved = await deleteRole(em, actor, params.id, query);
      tools.broadcast.control({ kind: 'look' });
      return moved;
    },
  ),
];

export const roleRoutes: Route[] = [...reading, ...changing];
