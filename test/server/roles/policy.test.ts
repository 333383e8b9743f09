import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Permission, PERMISSIONS, closure } from '#contract/permissions.ts';
import { Role } from '#server/roles/Role.ts';
import { type Holder, canGrant, canManage, lockOf } from '#server/roles/policy.ts';

interface Grants {
  superadmin: boolean;
  permissions: string[];
}
const roleOf = ({ superadmin, permissions }: Grants): Role =>
  Object.assign(Object.create(Role.prototype) as Role, { superadmin, permissions });
const holderOf = (held: readonly Grants[]): Holder => {
  const superadmin = held.some(role => role.superadmin);
  return { superadmin, permissions: superadmin ? new Set(PERMISSIONS) : closure(held.flatMap(role => role.permissions)) };
};

/** A right that was removed from the product may still stand in a role. */
const word = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom<string>(...PERMISSIONS) },
  { weight: 1, arbitrary: fc.constantFrom('gone.view', '__proto__', '') },
);
const grants: fc.Arbitrary<Grants> = fc.record({
  superadmin: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  permissions: fc.array(word, { maxLength: 8 }),
});
const ordinary: fc.Arbitrary<Grants> = grants.map(role => ({ ...role, superadmin: false }));

test('a role can be given exactly by those who hold all that it grants', () => {
  fc.assert(
    fc.property(fc.array(ordinary, { maxLength: 4 }), ordinary, (held, given) => {
      const holder = holderOf(held);
      const missing = [...closure(given.permissions)].filter(permission => !holder.permissions.has(permission));
      expect(canGrant(holder, roleOf(given))).toBe(missing.length === 0);
    }),
    { numRuns: 5000 },
  );
});

test('only a Full Administrator makes another, also where somebody holds every single right', () => {
  const everything = { superadmin: false, permissions: [...PERMISSIONS] };
  const full = { superadmin: true, permissions: [] };
  expect(canGrant(holderOf([everything]), roleOf(full))).toBe(false);
  expect(canGrant(holderOf([full]), roleOf(full))).toBe(true);
  expect(canGrant(holderOf([full]), roleOf(everything))).toBe(true);
});

test('no chain of invitations raises what anybody can do', () => {
  const chain = fc.record({
    first: fc.array(ordinary, { minLength: 1, maxLength: 3 }),
    offers: fc.array(fc.array(grants, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
  });
  fc.assert(
    fc.property(chain, ({ first, offers }) => {
      const start = holderOf(first);
      const people = [start];
      for (const offer of offers) {
        const inviter = people.at(-1) ?? start;
        if (offer.every(role => canGrant(inviter, roleOf(role)))) people.push(holderOf(offer));
      }
      for (const { superadmin, permissions } of people) {
        expect(superadmin).toBe(false);
        for (const permission of permissions) expect(start.permissions.has(permission)).toBe(true);
      }
    }),
    { numRuns: 5000 },
  );
});

test('implied rights count: whoever may give staff invitations may give the view of staff, not the other way round', () => {
  const invites: Permission[] = ['admins.invite'];
  const views: Permission[] = ['admins.view'];
  expect(canGrant(holderOf([{ superadmin: false, permissions: invites }]), roleOf({ superadmin: false, permissions: views }))).toBe(true);
  expect(canGrant(holderOf([{ superadmin: false, permissions: views }]), roleOf({ superadmin: false, permissions: invites }))).toBe(false);
});

test('a person is managed exactly by those who hold all that they hold, and a Full Administrator only by another', () => {
  fc.assert(
    fc.property(fc.array(grants, { maxLength: 4 }), fc.array(grants, { maxLength: 4 }), (mine, theirs) => {
      const [holder, target] = [holderOf(mine), holderOf(theirs)];
      const everyRole = theirs.every(role => canGrant(holder, roleOf(role)));
      expect(canManage(holder, target)).toBe(everyRole);
    }),
    { numRuns: 5000 },
  );
});

interface Person {
  id: string;
  roleIds: number[];
}
interface Organisation {
  roles: Map<number, string[]>;
  people: Person[];
}
const heldIn = ({ roles }: Organisation, { id, roleIds }: Person): Holder & { id: string } => ({
  id,
  ...holderOf(roleIds.map(role => ({ superadmin: false, permissions: roles.get(role) ?? [] }))),
});
type Act = { by: number; role: number; to: number; permissions: string[]; kind: 'add' | 'edit' | 'delete' };

/** One change of roles as somebody asks for it, made as far as the rules let it be. @returns whether it was */
function attempt(organisation: Organisation, act: Act): boolean {
  const { roles, people } = organisation;
  const person = people[act.by % people.length];
  if (!person) return false;
  const editor = heldIn(organisation, person);
  const may = (permissions: string[]): boolean => canGrant(editor, { superadmin: false, permissions });
  if (!editor.permissions.has('roles.edit')) return false;
  if (act.kind === 'add') return may(act.permissions) && roles.set(Math.max(-1, ...roles.keys()) + 1, act.permissions) !== undefined;
  const ids = [...roles.keys()];
  const [id, target] = [ids[act.role % ids.length] ?? -1, ids[act.to % ids.length] ?? -1];
  const holders = people.filter(({ roleIds }) => roleIds.includes(id)).map(holder => heldIn(organisation, holder));
  if (lockOf(editor, { superadmin: false, permissions: roles.get(id) ?? [] }, holders) !== null) return false;
  if (act.kind === 'edit') return may(act.permissions) && roles.set(id, act.permissions) !== undefined;
  if (target === id || !may(roles.get(target) ?? [])) return false;
  for (const holder of people) holder.roleIds = [...new Set(holder.roleIds.map(held => (held === id ? target : held)))];
  return roles.delete(id);
}

test('no sequence of allowed changes of roles gives anybody what the editor lacks, raises the editor, or touches somebody stronger', () => {
  const words = fc.array(fc.constantFrom<string>('roles.edit', 'queues.view', 'keys.edit', 'admins.invite', 'rules.edit'), {
    maxLength: 5,
  });
  const acts = fc.record<Act>({
    by: fc.nat(5),
    role: fc.nat(20),
    to: fc.nat(20),
    permissions: words,
    kind: fc.constantFrom('add', 'edit', 'delete'),
  });
  const start = fc.record({
    roles: fc.array(words, { minLength: 3, maxLength: 6 }),
    held: fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 6 }),
  });
  let made = 0;
  fc.assert(
    fc.property(start, fc.array(acts, { maxLength: 20 }), ({ roles, held }, sequence) => {
      const organisation: Organisation = {
        roles: new Map(roles.map((permissions, id) => [id, permissions])),
        people: held.map((roleIds, id) => ({ id: String(id), roleIds: roleIds.filter(role => role < roles.length) })),
      };
      for (const act of sequence) {
        const before = organisation.people.map(person => heldIn(organisation, person));
        if (!attempt(organisation, act)) continue;
        made += 1;
        const editor = before[act.by % before.length];
        for (const [index, person] of organisation.people.entries()) {
          const was = before[index]?.permissions ?? new Set<Permission>();
          const is = heldIn(organisation, person).permissions;
          const moved = PERMISSIONS.filter(permission => was.has(permission) !== is.has(permission));
          const lacked = (permission: Permission): boolean => !editor?.permissions.has(permission);
          expect(moved.filter(lacked)).toEqual([]);
          if (person.id === editor?.id || [...was].some(lacked)) expect(moved).toEqual([]);
        }
      }
    }),
    { numRuns: 5000 },
  );
  expect(made).toBeGreaterThan(500);
});
