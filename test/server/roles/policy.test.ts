import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Permission, PERMISSIONS, closure } from '#contract/permissions.ts';
import { Role } from '#server/roles/Role.ts';
import { type Holder, canGrant, canManage } from '#server/roles/policy.ts';

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
