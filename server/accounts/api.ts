import type { EntityManager } from '@mikro-orm/postgresql';
import * as contract from '#contract/admins.ts';
import { Admin } from '../admins/Admin.ts';
import { presentAdminDetail } from '../admins/present.ts';
import { adminById } from '../admins/queries.ts';
import { checkNewPassword } from '../auth/new-password.ts';
import { hashPassword } from '../auth/passwords.ts';
import type { Actor } from '../platform/actor.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { demandManageable } from '../roles/policy.ts';
import { sharedTodosOf } from '../todos/queries.ts';
import { tell } from '../todos/tell.ts';
import { addAdmin, temporaryPassword } from './add-admin.ts';
import { disableAdmins, editAdmins } from './bulk.ts';
import { deleteAdmin } from './delete-admin.ts';
import { DISABLED, disableAdmin } from './disable-admin.ts';
import { editAdmin } from './edit-admin.ts';
import { enableAdmin } from './enable-admin.ts';
import { ownedBy } from './owned.ts';

async function detail(em: EntityManager, reader: Actor, id: string): Promise<contract.AdminDetail> {
  const row = await adminById(em, id);
  if (!row) throw new Problem('not_found');
  return presentAdminDetail(row, reader);
}

/** What is done to the accounts of others. */
export const accountRoutes: Route[] = [
  route(
    contract.addAdmin,
    'admins.edit',
    { records: ['admin.added', 'admin.disabled', 'admin.departments-changed'], confirmed: true },
    async ({ em, actor, body, tools }) => {
      const { password: given, ...account } = body;
      const words = [account.username, account.firstName, account.lastName, account.email];
      if (given !== undefined) await checkNewPassword(em, given, { field: 'password', words });
      const password = given ?? temporaryPassword();
      const passwordHash = await hashPassword(tools.secrets, password);
      const admin = await addAdmin(em, actor, { ...account, passwordHash });
      return { admin: await detail(em, actor, admin.id), password: given === undefined ? password : null };
    },
  ),

  route(
    contract.editAdmin,
    'admins.edit',
    { records: ['admin.edited', 'admin.departments-changed', 'rights.changed'], confirmed: true },
    async ({ em, actor, params, body, tools }) => {
      await editAdmin(em, actor, params.id, body);
      tools.broadcast.control({ kind: 'look' });
      return detail(em, actor, params.id);
    },
  ),

  route(contract.getOwned, 'admins.disable', {}, async ({ em, actor, params }) => {
    const admin = await em.findOne(Admin, params.id, { populate: ['roles'] });
    if (!admin) throw new Problem('not_found');
    demandManageable(actor, admin);
    return ownedBy(em, admin.id);
  }),

  route(
    contract.disableAdmin,
    'admins.disable',
    { records: ['admin.disabled', 'key.revoked', 'rule.edited', 'invitation.edited', 'todo.edited'], confirmed: true },
    async ({ em, actor, params, body, tools }) => {
      await disableAdmin(em, actor, params.id, body);
      const takers = [body.to, ...body.each.map(({ to }) => to)].filter(id => id !== null);
      for (const todo of await sharedTodosOf(em.fork(), takers)) tell(tools.broadcast, todo);
      tools.broadcast.control({ kind: 'revoked', adminId: params.id, reason: DISABLED });
      return detail(em, actor, params.id);
    },
  ),

  route(contract.enableAdmin, 'admins.disable', { records: ['admin.enabled'], confirmed: true }, async ({ em, actor, params }) => {
    await enableAdmin(em, actor, params.id);
    return detail(em, actor, params.id);
  }),

  route(contract.deleteAdmin, 'admins.disable', { records: ['admin.deleted'], confirmed: true }, async ({ em, actor, params }) => {
    await deleteAdmin(em, actor, params.id);
  }),

  route(
    contract.editAdmins,
    'admins.edit',
    { records: ['rights.changed', 'admin.departments-changed'], confirmed: true },
    async ({ em, actor, body, tools }) => {
      const items = await editAdmins(em, actor, body);
      tools.broadcast.control({ kind: 'look' });
      return { items };
    },
  ),

  route(
    contract.disableAdmins,
    'admins.disable',
    { records: ['admin.disabled', 'key.revoked'], confirmed: true },
    async ({ em, actor, body, tools }) => {
      const items = await disableAdmins(em, actor, body.ids);
      for (const { id, done } of items) if (done) tools.broadcast.control({ kind: 'revoked', adminId: id, reason: DISABLED });
      return { items };
    },
  ),
];
