import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { io } from 'socket.io-client';
import { describe, expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { Rule } from '#server/notifications/Rule.ts';
import { planDeliveries } from '#server/notifications/plan.ts';
import { record } from '#server/events/record.ts';
import { Todo } from '#server/todos/Todo.ts';
import { Caller } from '../../support/caller.ts';
import { inviteBy } from '../../support/invite.ts';
import { actorOf } from '../../support/people.ts';
import { type Member, refused, test as staffed } from './staff.ts';

const test = staffed.extend('possessions', { scope: 'file' }, ({ orm }) => {
  const em = orm.em.fork();
  return {
    /** A rule that mails whenever an order was placed. */
    rule: async (owner: Admin): Promise<Rule> => {
      const rule = em.create(Rule, {
        name: `Rule ${randomBytes(3).toString('hex')}`,
        enabled: true,
        events: ['order.placed'],
        match: 'all',
        conditions: [],
        targets: [{ provider: 'email', target: { address: 'desk@northwind.example' }, label: 'desk@northwind.example' }],
        owner: em.getReference(Admin, owner.id),
      });
      await em.flush();
      return rule;
    },
    invite: ({ caller }: Member, roleId: string) =>
      inviteBy(caller, { email: `${randomBytes(4).toString('hex')}@northwind.example`, roleIds: [roleId] }),
  };
});

describe('disabling', () => {
  test('ends sessions, sockets and keys within a second, and every way of signing in', async ({ owner, staff, server, redis }) => {
    const { admin, caller } = await staff.with('dashboard.view', 'keys.edit', 'queues.view');
    const { key } = await caller.call('POST /api-keys', { body: { name: 'Nightly', scopes: ['queues.view'] } });
    const program = new Caller(server.url, key);
    expect(await program.codeOf('GET /queues')).toBe('ok');
    const socket = io(server.url, { transports: ['websocket'], extraHeaders: { cookie: caller.cookie, origin: server.url } });
    await once(socket as never, 'connect');
    const farewell = once(socket as never, 'live:farewell');
    const from = performance.now();
    const shown = await owner.call('POST /admins/:id/disable', { params: { id: admin.id }, body: {} });
    expect(shown).toMatchObject({ state: 'disabled', disabled: { by: 'Ana Ruiz' } });
    expect(await farewell).toEqual([{ reason: 'signed_out', detail: 'Your account was disabled.', at: expect.any(String) as string }]);
    await expect.poll(() => socket.connected).toBe(false);
    expect(performance.now() - from).toBeLessThan(1000);
    expect((await refused(caller.call('GET /session'))).code).toBe('signed_out');
    expect(await program.codeOf('GET /queues')).toBe('bad_api_key');
    const [event] = await staff.events('admin.disabled', admin.id);
    expect(event).toMatchObject({ sessions: 1, by: 'Ana Ruiz' });
    expect((await owner.call('GET /admins', { query: { search: admin.username } })).total).toBe(0);
    expect((await owner.call('GET /admins', { query: { search: admin.username, state: 'disabled' } })).items[0]).toMatchObject({
      id: admin.id,
    });
    await redis.flushAll();

    await owner.call('POST /admins/:id/enable', { params: { id: admin.id } });
    expect((await refused(caller.call('GET /session'))).code).toBe('signed_out');
    expect(await program.codeOf('GET /queues')).toBe('bad_api_key');
  });

  test('is refused for oneself, for the stronger, and twice', async ({ owner, staff }) => {
    const limited = await staff.with('admins.disable');
    const disable = (by: Caller, id: string) => by.codeOf('POST /admins/:id/disable', { params: { id }, body: {} });
    expect(await disable(owner, staff.ownerId)).toBe('not_yourself');
    expect(await disable(limited.caller, limited.admin.id)).toBe('not_yourself');
    expect(await disable(limited.caller, staff.ownerId)).toBe('stronger_than_you');
    const { id } = await staff.idle('admins.view');
    expect(await disable(limited.caller, id)).toBe('ok');
    expect(await refused(owner.call('POST /admins/:id/disable', { params: { id }, body: {} }))).toMatchObject({
      code: 'conflict',
      detail: expect.stringMatching(/was disabled already, by Kim/) as string,
    });
    expect(await limited.caller.codeOf('POST /admins/:id/enable', { params: { id } })).toBe('ok');
    expect(await limited.caller.codeOf('POST /admins/:id/enable', { params: { id } })).toBe('conflict');
  });

  test('hands over rules and invitations to those who could hold them, and lets the rest stand still', async ({
    owner,
    staff,
    possessions,
    orm,
  }) => {
    const inviter = await staff.with('admins.invite', 'rules.edit', 'queues.view');
    const params = { id: inviter.admin.id };
    const [first, second] = [await possessions.rule(inviter.admin), await possessions.rule(inviter.admin)];
    const roleId = await staff.role('queues.view');
    const [kept, left] = [await possessions.invite(inviter, roleId), await possessions.invite(inviter, roleId)];
    const ruler = await staff.idle('rules.edit');

    const owned = await owner.call('GET /admins/:id/owned', { params });
    expect(owned).toMatchObject({ sessions: 1, keys: [] });
    expect(owned.rules.map(({ id }) => id).toSorted()).toEqual([first.id, second.id].toSorted());
    expect(owned.invitations.map(({ name }) => name).toSorted()).toEqual([kept.email, left.email].toSorted());
    expect(owned.takers.find(({ id }) => id === ruler.id)?.takes.toSorted()).toEqual([first.id, second.id].toSorted());
    expect(owned.takers.find(({ id }) => id === staff.ownerId)?.takes).toHaveLength(4);
    expect(owned.takers.some(({ id }) => id === inviter.admin.id)).toBe(false);

    const disable = (body: object) => owner.call('POST /admins/:id/disable', { params, body });
    expect(await refused(disable({ to: ruler.id }))).toMatchObject({ code: 'invalid', fields: { to: /could not have invited/ } });
    expect(await refused(disable({ to: inviter.admin.id }))).toMatchObject({ code: 'invalid' });
    expect((await owner.call('GET /admins/:id', { params })).state).toBe('active');

    await disable({
      to: staff.ownerId,
      each: [
        { id: second.id, to: ruler.id },
        { id: left.id, to: null },
      ],
    });
    const em = orm.em.fork();
    expect((await em.findOneOrFail(Rule, first.id)).owner.id).toBe(staff.ownerId);
    expect((await em.findOneOrFail(Rule, second.id)).owner.id).toBe(ruler.id);
    expect((await owner.call('GET /invitations/:id', { params: { id: kept.id } })).invitedBy.id).toBe(staff.ownerId);
    expect((await owner.call('GET /invitations/:id', { params: { id: left.id } })).invitedBy.id).toBe(inviter.admin.id);
    const [event] = await staff.events('admin.disabled', inviter.admin.id);
    expect(event?.['handedOver']).toHaveLength(3);
  });

  test('stops the rules that nobody took, and enabling lets them fire again', async ({ owner, staff, possessions, orm }) => {
    const { admin } = await staff.with('rules.edit');
    const rule = await possessions.rule(admin);
    const fires = () =>
      orm.em.fork().transactional(async em => {
        const event = record(em, actorOf(admin), 'admin.enabled', { adminId: admin.id, name: admin.name });
        event.type = 'order.placed';
        event.facts = { order: '1', client: 'Contoso', total: { amount: 1, currency: 'USD' } };
        await em.flush();
        await planDeliveries(em, [event], []);
        const planned = await em.execute<unknown[]>('select 1 from delivery where event_id = ? and rule_id = ?', [event.id, rule.id]);
        return planned.length;
      });
    expect(await fires()).toBe(1);
    await owner.call('POST /admins/:id/disable', { params: { id: admin.id }, body: {} });
    expect(await fires()).toBe(0);
    const { items } = await owner.call('GET /notification-rules', { query: { pageSize: 200 } });
    expect(items.find(({ id }) => id === rule.id)?.owner).toMatchObject({ id: admin.id, disabled: true });
    await owner.call('POST /admins/:id/enable', { params: { id: admin.id } });
    expect(await fires()).toBe(1);
  });

  test('in bulk goes on after a refusal', async ({ owner, staff }) => {
    const [one, two] = [await staff.idle(), await staff.idle()];
    const { items } = await owner.call('POST /admins/bulk-disable', { body: { ids: [one.id, staff.ownerId, two.id] } });
    expect(items.map(({ done }) => done)).toEqual([true, false, true]);
    expect(await owner.codeOf('POST /admins/bulk-disable', { body: { ids: [one.id, one.id] } })).toBe('invalid');
  });
});

describe('deleting', () => {
  test('takes only what is disabled and what nothing refers to, and names what does', async ({ owner, staff, possessions, orm }) => {
    const inviter = await staff.with('admins.invite', 'keys.edit', 'queues.view');
    const params = { id: inviter.admin.id };
    await possessions.invite(inviter, await staff.role('queues.view'));
    await possessions.rule(inviter.admin);
    await possessions.rule(inviter.admin);
    expect(await refused(owner.call('DELETE /admins/:id', { params }))).toMatchObject({
      code: 'in_use',
      detail: expect.stringMatching(/Only a disabled/) as string,
    });
    await owner.call('POST /admins/:id/disable', { params, body: {} });
    expect(await refused(owner.call('DELETE /admins/:id', { params }))).toMatchObject({
      code: 'in_use',
      detail: expect.stringMatching(/^2 notification rules and 1 invitation they sent still refer to/) as string,
    });

    const { id, name } = await staff.idle('queues.view');
    const em = orm.em.fork();
    const shared = em.create(Todo, { text: 'Call Contoso', shared: true, addedBy: id });
    em.create(Todo, { text: 'Learn Swedish', shared: false, assignee: id, addedBy: id });
    await em.flush();
    await owner.call('POST /admins/:id/disable', { params: { id }, body: {} });
    expect(await refused(owner.call('DELETE /admins/:id', { params: { id } }))).toMatchObject({
      code: 'in_use',
      detail: expect.stringMatching(/^1 to-do they added for others still refers to/) as string,
    });
    expect(await em.count(Todo, { addedBy: id }), 'what is refused takes nothing').toBe(2);
    await em.nativeDelete(Todo, { id: shared.id });
    expect(await owner.codeOf('DELETE /admins/:id', { params: { id } })).toBe('ok');
    expect(await owner.codeOf('GET /admins/:id', { params: { id } })).toBe('not_found');
    expect(await staff.events('admin.deleted', id)).toMatchObject([{ name, by: 'Ana Ruiz' }]);
    expect(await staff.events('admin.disabled', id)).toMatchObject([{ name }]);
    expect(await owner.codeOf('DELETE /admins/:id', { params: { id: staff.ownerId } })).toBe('not_yourself');
  });
});
