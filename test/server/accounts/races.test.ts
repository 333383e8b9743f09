import { describe, expect } from 'vitest';
import { Admin } from '#server/admins/Admin.ts';
import { deleteAdmin } from '#server/accounts/delete-admin.ts';
import { disableAdmin } from '#server/accounts/disable-admin.ts';
import { editAdmin } from '#server/accounts/edit-admin.ts';
import { enableAdmin } from '#server/accounts/enable-admin.ts';
import type { Actor } from '#server/platform/actor.ts';
import { Problem } from '#server/platform/problem.ts';
import { PERMISSIONS } from '#contract/permissions.ts';
import { Role } from '#server/roles/Role.ts';
import { actorOf, furnish, someRole, superRole, withRoles } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';

/** Somebody at the server's shell, whom nothing outranks. */
const SHELL: Actor = { kind: 'system', name: 'Shell', permissions: new Set(PERMISSIONS), superadmin: true };

const test = world.extend('arena', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  const [full, plain] = [await superRole(em), await someRole(em, 'dashboard.view')];
  const superadmins = async (): Promise<number> => {
    const [row] = await orm.em.fork().execute<{ n: number }[]>(
      `select count(distinct a.id)::int as n from admin a join admin_roles ar on ar.admin_id = a.id join role r on r.id = ar.role_id
        where r.superadmin and a.disabled_at is null`,
    );
    return row?.n ?? 0;
  };
  /** How one takes from another what a Full Administrator is. */
  const ways = {
    demote: async (actor: Actor, { id }: Admin): Promise<void> => {
      const { version } = await orm.em.fork().findOneOrFail(Admin, id);
      await editAdmin(orm.em.fork(), actor, id, { version, roleIds: [plain.id] });
    },
    disable: async (actor: Actor, { id }: Admin): Promise<void> => void (await disableAdmin(orm.em.fork(), actor, id)),
    delete: async (actor: Actor, { id }: Admin): Promise<void> => {
      await disableAdmin(orm.em.fork(), actor, id);
      await deleteAdmin(orm.em.fork(), actor, id);
    },
  };
  return {
    way: (name: keyof typeof ways) => ways[name],
    superadmins,
    /** So many Full Administrators, and nobody else who is one. */
    fullAdministrators: async (count: number): Promise<Admin[]> => {
      const em = orm.em.fork();
      await em.execute('update admin set disabled_at = now() where disabled_at is null');
      const role = await em.findOneOrFail(Role, full.id);
      return Promise.all(Array.from({ length: count }, () => 0).map(async () => withRoles(orm.em.fork(), role)));
    },
    plainAdmin: () => withRoles(orm.em.fork(), plain),
  };
});

/** `done`, or the code of the refusal. What is no refusal is thrown on. */
const codeOf = (deed: Promise<unknown>): Promise<string> =>
  deed.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );

describe('two Full Administrators who act on each other', () => {
  const ROUNDS = 20;
  const names = ['demote', 'disable', 'delete'] as const;
  const pairs = names.flatMap((one, i) => names.slice(i).map(other => [one, other] as const));

  test.for(pairs)('by %s and %s: one wins, one is told, one is left', { timeout: 60_000 }, async ([one, other], { arena }) => {
    const outcomes: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [a, b] = await arena.fullAdministrators(2);
      if (!a || !b) throw new Error('two were made');
      const codes = await Promise.all([codeOf(arena.way(one)(actorOf(a), b)), codeOf(arena.way(other)(actorOf(b), a))]);
      expect(codes.filter(code => code === 'done')).toHaveLength(1);
      expect(await arena.superadmins()).toBe(1);
      outcomes.push(...codes.filter(code => code !== 'done'));
    }
    for (const told of outcomes) expect(['signed_out', 'forbidden', 'stronger_than_you', 'not_found', 'conflict']).toContain(told);
  });
});

test('of two at the shell, and one each way, the last one stays', { timeout: 60_000 }, async ({ arena }) => {
  for (let round = 0; round < 20; round++) {
    const [a, b] = await arena.fullAdministrators(2);
    if (!a || !b) throw new Error('two were made');
    const codes = await Promise.all([
      codeOf(arena.way('disable')(SHELL, a)),
      codeOf(arena.way(round % 2 === 0 ? 'demote' : 'disable')(SHELL, b)),
    ]);
    expect(codes.toSorted()).toEqual(['done', 'last_superadmin']);
    expect(await arena.superadmins()).toBe(1);
  }
});

test('three in a ring: whoever is left may', { timeout: 60_000 }, async ({ arena, orm }) => {
  for (let round = 0; round < 20; round++) {
    const ring = await arena.fullAdministrators(3);
    const codes = await Promise.all(
      ring.map((admin, i) => codeOf(disableAdmin(orm.em.fork(), actorOf(admin), ring[(i + 1) % 3]?.id ?? ''))),
    );
    expect(codes).toContain('done');
    expect(await arena.superadmins()).toBeGreaterThanOrEqual(1);
  }
});

describe('twenty at the same instant', () => {
  test('disable, enable and delete: one wins each, the others are told', { timeout: 60_000 }, async ({ arena, orm }) => {
    const [actor] = (await arena.fullAdministrators(1)).map(actorOf);
    if (!actor) throw new Error('one was made');
    const { id } = await arena.plainAdmin();
    const twenty = (deed: () => Promise<unknown>) => Promise.all(Array.from({ length: 20 }, () => codeOf(deed())));
    const count = (codes: string[], code: string) => codes.filter(each => each === code).length;
    const disabled = await twenty(() => disableAdmin(orm.em.fork(), actor, id));
    expect([count(disabled, 'done'), count(disabled, 'conflict')]).toEqual([1, 19]);
    const enabled = await twenty(() => enableAdmin(orm.em.fork(), actor, id));
    expect([count(enabled, 'done'), count(enabled, 'conflict')]).toEqual([1, 19]);
    await disableAdmin(orm.em.fork(), actor, id);
    const deleted = await twenty(() => deleteAdmin(orm.em.fork(), actor, id));
    expect([count(deleted, 'done'), count(deleted, 'not_found')]).toEqual([1, 19]);
    const events = await orm.em
      .fork()
      .execute<{ type: string; n: number }[]>(
        `select type, count(*)::int as n from event where facts->>'adminId' = ? group by type order by type`,
        [id],
      );
    expect(events).toEqual([
      { type: 'admin.deleted', n: 1 },
      { type: 'admin.disabled', n: 2 },
      { type: 'admin.enabled', n: 1 },
    ]);
  });

  test('edit with one version: one wins', async ({ arena, orm }) => {
    const [actor] = (await arena.fullAdministrators(1)).map(actorOf);
    if (!actor) throw new Error('one was made');
    const { id, version } = await arena.plainAdmin();
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => codeOf(editAdmin(orm.em.fork(), actor, id, { version, firstName: `Kim ${i}` }))),
    );
    expect(codes.filter(code => code === 'done')).toHaveLength(1);
    expect(codes.filter(code => code === 'conflict')).toHaveLength(19);
  });
});
