import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { Arrangement, Placement } from '#contract/layout.ts';
import { Admin } from '#server/admins/Admin.ts';
import { mergeDefaults } from '#server/dashboard/merge-defaults.ts';
import { Event } from '#server/events/Event.ts';
import { test as app } from '../../support/app.ts';
import { browserOf, someRole, superRole, withRoles } from '../../support/people.ts';

const at = (id: string, columns: Placement['columns'] = 1, rows = 4): Placement => ({ id, columns, rows, collapsed: false });
const arranged: Arrangement = { shown: [at('queues', 2), { ...at('activity'), collapsed: true }], hidden: ['invitations'] };

const test = app.extend('staff', async ({ orm, server, owner }) => {
  void owner; // the first rows are there
  const em = orm.em.fork();
  const role = await someRole(em, 'dashboard.view', 'queues.view', 'activity.view', 'admins.view');
  const [one, other] = [await withRoles(em, role), await withRoles(em, role)];
  return {
    role,
    one: await browserOf(em, one, server.url),
    /** The same person on another machine. */
    elsewhere: await browserOf(em, one, server.url),
    other: await browserOf(em, other, server.url),
  };
});

describe('a dashboard of one’s own', () => {
  test('is the same on every machine, and nobody else’s', async ({ staff: { one, elsewhere, other } }) => {
    expect(await one.call('GET /dashboard/layout')).toMatchObject({ source: 'product', version: 0, shown: [], hidden: [] });
    const saved = await one.call('PUT /dashboard/layout', { body: { version: 0, ...arranged } });
    expect(saved).toEqual({ ...arranged, source: 'own', roles: [], version: 1 });
    expect(await elsewhere.call('GET /dashboard/layout')).toEqual(saved);
    expect((await elsewhere.call('GET /dashboard')).layout).toEqual(saved);
    expect((await other.call('GET /dashboard')).layout.source).toBe('product');
  });

  test('sends no figures of what is hidden or collapsed, unless all are asked for', async ({ staff: { one } }) => {
    await one.call('PUT /dashboard/layout', { body: { version: 0, ...arranged } });
    const shown = await one.call('GET /dashboard');
    expect(shown.widgets.map(({ id }) => id)).toEqual(expect.arrayContaining(['invitations', 'activity', 'queues']));
    const away = ['invitations', 'activity'];
    const sent = shown.snapshots.map(({ id }) => id);
    expect(sent).toContain('queues');
    expect(sent.filter(id => away.includes(id))).toEqual([]);
    const all = await one.call('GET /dashboard', { query: { all: 'yes' } });
    expect(all.snapshots.map(({ id }) => id).toSorted()).toEqual([...sent, ...away].toSorted());
  });

  test('that two tabs change at once keeps the first change and tells the second, also around a reset', async ({
    staff: { one, elsewhere },
  }) => {
    const save = (version: number) => ({ body: { version, ...arranged } });
    const both = await Promise.all([one, elsewhere].map(tab => tab.codeOf('PUT /dashboard/layout', save(0))));
    expect(both.toSorted()).toEqual(['conflict', 'ok']);
    expect(await one.call('DELETE /dashboard/layout')).toMatchObject({ source: 'product', version: 2 });
    expect(await elsewhere.codeOf('PUT /dashboard/layout', save(1))).toBe('conflict');
    expect(await elsewhere.codeOf('PUT /dashboard/layout', save(0))).toBe('conflict');
    expect(await elsewhere.call('PUT /dashboard/layout', save(2))).toMatchObject({ source: 'own', version: 3 });
  });

  test('has a widget in one place, of a size that a dashboard has', async ({ staff: { one } }) => {
    const refused = (shown: object[]) =>
      one.codeOf('PUT /dashboard/layout', { body: { version: 0, shown: shown as Placement[], hidden: ['queues'] } });
    expect(await refused([at('activity'), at('activity')])).toBe('invalid');
    expect(await refused([at('queues')])).toBe('invalid');
    expect(await refused([{ ...at('activity'), columns: 4 }])).toBe('invalid');
    expect(await refused([{ ...at('activity'), rows: 1 }])).toBe('invalid');
  });
});

describe('the default of a role', () => {
  test('counts at once for whoever has none of their own, is written down, and can be withdrawn', async ({ staff, orm, server }) => {
    const { one, other, role } = staff;
    const em = orm.em.fork();
    const chief = await browserOf(em, await withRoles(em, await superRole(em)), server.url);
    const own = await other.call('PUT /dashboard/layout', { body: { version: 0, shown: [], hidden: ['activity'] } });
    const params = { roleId: role.id };
    expect(await chief.call('PUT /dashboard/defaults/:roleId', { params, body: arranged })).toMatchObject({
      role: role.name,
      published: { by: expect.stringContaining('Kim') as string },
      followers: 1,
      keepers: 1,
    });
    expect((await one.call('GET /dashboard')).layout).toEqual({ ...arranged, source: 'roles', roles: [role.name], version: 0 });
    expect((await other.call('GET /dashboard')).layout).toEqual(own);
    em.clear();
    expect(await em.find(Event, { type: 'dashboard.published' }, { orderBy: { id: 'desc' }, limit: 1 })).toMatchObject([
      { facts: { roleId: role.id, role: role.name, shown: ['queues', 'activity'], hidden: ['invitations'] } },
    ]);
    await other.call('DELETE /dashboard/layout');
    expect((await other.call('GET /dashboard')).layout.roles).toEqual([role.name]);
    expect(await chief.call('DELETE /dashboard/defaults/:roleId', { params })).toMatchObject({ published: null, followers: 2, keepers: 0 });
    expect((await one.call('GET /dashboard')).layout.source).toBe('product');
  });

  test('is published by superadmins alone', async ({ orm, server, staff: { role } }) => {
    const em = orm.em.fork();
    const editor = await browserOf(em, await withRoles(em, await someRole(em, 'dashboard.view', 'roles.edit')), server.url);
    expect(await editor.codeOf('PUT /dashboard/defaults/:roleId', { params: { roleId: role.id }, body: arranged })).toBe('forbidden');
    expect(await editor.codeOf('DELETE /dashboard/defaults/:roleId', { params: { roleId: role.id } })).toBe('forbidden');
  });

  test('follows a change of roles', async ({ orm, server, owner, staff: { role } }) => {
    const em = orm.em.fork();
    const plain = await someRole(em, 'dashboard.view');
    const admin = await withRoles(em, plain);
    const browser = await browserOf(em, admin, server.url);
    await owner.call('PUT /dashboard/defaults/:roleId', { params: { roleId: role.id }, body: arranged });
    expect((await browser.call('GET /dashboard/layout')).source).toBe('product');
    const { version } = await em.refreshOrFail(await em.findOneOrFail(Admin, admin.id));
    await owner.call('PATCH /admins/:id', { params: { id: admin.id }, body: { version, roleIds: [plain.id, role.id] } });
    await expect.poll(async () => (await browser.call('GET /dashboard/layout')).roles).toEqual([role.name]);
  });
});

describe('the defaults of several roles', () => {
  test('are one: as high as the role that puts a widget highest, and hidden only where all hide it', () => {
    const sales: Arrangement = { shown: [at('orders', 3), at('billing'), at('activity')], hidden: ['queues', 'notes'] };
    const support: Arrangement = { shown: [at('tickets', 2), at('activity', 2), at('queues')], hidden: ['orders', 'notes'] };
    expect(mergeDefaults([sales, support])).toEqual({
      shown: [at('orders', 3), at('tickets', 2), at('billing'), at('activity', 2), at('queues')],
      hidden: ['notes'],
    });
  });

  test('name each widget once, whatever they are, and one alone stays as it is', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    const defaults = fc
      .tuple(ids, fc.nat(5))
      .map(([all, cut]): Arrangement => ({ shown: all.slice(0, cut).map(id => at(id)), hidden: all.slice(cut) }));
    fc.assert(
      fc.property(fc.array(defaults, { minLength: 1, maxLength: 4 }), several => {
        const { shown, hidden } = mergeDefaults(several);
        const named = [...shown.map(({ id }) => id), ...hidden];
        expect(new Set(named)).toEqual(new Set(several.flatMap(each => [...each.shown.map(({ id }) => id), ...each.hidden])));
        expect(new Set(named).size).toBe(named.length);
        for (const id of hidden) expect(several.some(each => each.shown.some(placement => placement.id === id))).toBe(false);
        const [first] = several;
        if (first) expect(mergeDefaults([first])).toEqual(first);
      }),
    );
  });
});
