import { expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { redeemLink } from '#server/invitations/redeem-link.ts';
import { Role } from '#server/roles/Role.ts';
import { test } from '../../support/app.ts';
import { inviteBy } from '../../support/invite.ts';
import { browserOf, someRole, superadmin, visitor, withRoles } from '../../support/people.ts';

const ROUNDS = 12;

const world = test
  .extend('em', ({ orm, owner }) => (void owner, orm.em.fork()))
  .extend('other', async ({ em, server }) => browserOf(em, await superadmin(em), server.url));

world('of two who edit a role at once one is told, and nothing is half done', async ({ owner, other, em }) => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const role = await someRole(em, 'queues.view');
    const [params, version] = [{ id: role.id }, role.version];
    const codes = await Promise.all([
      owner.codeOf('PATCH /roles/:id', { params, body: { version, permissions: ['rules.view'], description: 'one' } }),
      other.codeOf('PATCH /roles/:id', { params, body: { version, permissions: ['keys.view'], description: 'two' } }),
    ]);
    expect(codes.toSorted()).toEqual(['conflict', 'ok']);
    const { permissions, description } = await em.fork().findOneOrFail(Role, role.id);
    expect([permissions, description]).toEqual(codes[0] === 'ok' ? [['rules.view'], 'one'] : [['keys.view'], 'two']);
  }
});

world('of an edit and a deletion at once one wins', async ({ owner, other, em }) => {
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const role = await someRole(em, 'queues.view');
    const [params, version] = [{ id: role.id }, role.version];
    const [edited, deleted] = await Promise.all([
      owner.codeOf('PATCH /roles/:id', { params, body: { version, permissions: [] } }),
      other.codeOf('DELETE /roles/:id', { params, query: { version } }),
    ]);
    seen.add(`${edited} ${deleted}`);
  }
  for (const outcome of seen) expect(['ok conflict', 'not_found ok']).toContain(outcome);
});

world('an invitation that is accepted while its role is deleted keeps its answer', async ({ owner, em, orm }) => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [role, target] = [await someRole(em, 'queues.view'), await someRole(em, 'rules.view')];
    const email = `race${round}@northwind.example`;
    const { id } = await inviteBy(owner, { email, roleIds: [role.id] });
    const { tokenHash } = await em.fork().findOneOrFail(Invitation, id);
    const account = { username: `race${round}`, firstName: 'Race', lastName: String(round), passwordHash: '' };
    const [admin, moved] = await Promise.all([
      redeemLink(orm.em.fork(), visitor, tokenHash, account),
      owner.call('DELETE /roles/:id', { params: { id: role.id }, query: { version: role.version, moveTo: target.id } }),
    ]);
    expect(moved.people + moved.invitations).toBe(1);
    const joined = await em.fork().findOneOrFail(Admin, admin?.id ?? '', { populate: ['roles'] });
    expect(joined.roles.getItems().map(held => held.id)).toEqual([target.id]);
  }
});

world('nobody is given a role that is deleted at the same moment', async ({ owner, other, em }) => {
  const keeps = await someRole(em, 'dashboard.view');
  for (let round = 0; round < ROUNDS; round += 1) {
    const role = await someRole(em, 'queues.view');
    const person = await withRoles(em, keeps);
    const [demoted, deleted] = await Promise.all([
      owner.codeOf('PATCH /admins/:id', { params: { id: person.id }, body: { version: person.version, roleIds: [role.id] } }),
      other.codeOf('DELETE /roles/:id', { params: { id: role.id }, query: { version: role.version } }),
    ]);
    expect([demoted, deleted].filter(code => code === 'ok')).toHaveLength(1);
    expect([demoted, deleted]).toContain(deleted === 'ok' ? 'invalid' : 'in_use');
    const { roles } = await em.fork().findOneOrFail(Admin, person.id, { populate: ['roles'] });
    expect(roles.getItems().map(({ id }) => id)).toEqual([deleted === 'ok' ? keeps.id : role.id]);
  }
});
