import type { EntityManager } from '@mikro-orm/postgresql';
import type { Explanation } from '#contract/access.ts';
import { type Permission, isPermission, right } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import { Problem } from '../platform/problem.ts';
import type { Role } from '../roles/Role.ts';
import { namesOfGivers } from '../roles/explain.ts';
import { rolesGranting } from '../roles/givers.ts';
import type { Thing } from './things.ts';

const named = ({ id, name }: Role): { id: string; name: string } => ({ id, name });
const inWords = (id: Permission): { id: string; label: string } => ({ id, label: right(id).label });
const list = (names: string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);

/** The shortest way from a right that is granted to one that comes with it, both included; undefined where there is none. */
export function chainTo(granted: readonly string[], needed: Permission): Permission[] | undefined {
  const ways = granted.filter(isPermission).map(permission => [permission]);
  const seen = new Set<Permission>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const end = way.at(-1);
    if (end === needed) return way;
    if (end === undefined || seen.has(end)) continue;
    seen.add(end);
    ways.push(...(right(end).implies ?? []).filter(isPermission).map(implied => [...(way ?? []), implied]));
  }
  return undefined;
}

/** Those of somebody's roles that give a right, and by what. */
function givenBy(roles: readonly Role[], needed: Permission): Explanation['by'] {
  return roles.flatMap((role): Explanation['by'] => {
    if (role.superadmin) return [{ role: named(role), chain: null }];
    const chain = chainTo(role.permissions, needed);
    return chain ? [{ role: named(role), chain: chain.map(inWords) }] : [];
  });
}

const VERBS: Record<Thing['kind'], [may: string, mayNot: string, what: (thing: Thing) => string]> = {
  right: ['holds', 'does not hold', ({ label, id }) => `${label} (${id})`],
  page: ['can open', 'cannot open', ({ label, id }) => `the page ${label} (${id})`],
  widget: ['can see', 'cannot see', ({ label }) => `the widget ${label}`],
  route: ['can use', 'cannot use', ({ id }) => id],
};

function sentenceOf(admin: Admin, thing: Thing, by: Explanation['by']): string {
  const [may, mayNot, what] = VERBS[thing.kind];
  if (admin.disabledAt) return `${admin.name} ${mayNot} ${what(thing)}, since the account is disabled: nobody signs in with it.`;
  if (thing.needs === 'public') return `Anybody ${may} ${what(thing)}, signed in or not.`;
  if (!isPermission(thing.needs)) return `${admin.name} ${may} ${what(thing)}, as everybody who is signed in does.`;
  const { label, id } = inWords(thing.needs);
  if (by.length > 0) return `${admin.name} ${may} ${what(thing)}, because of ${list(by.map(({ role }) => role.name))}.`;
  return thing.kind === 'right'
    ? `${admin.name} ${mayNot} ${what(thing)}: none of their roles grants it.`
    : `${admin.name} ${mayNot} ${what(thing)}: it needs ${label} (${id}), which none of their roles grants.`;
}

/** Why this person may or may not, from the same roles and rights that the doors ask. @throws Problem `not_found` for nobody */
export async function explainTo(em: EntityManager, adminId: string, thing: Thing, notes: string[]): Promise<Explanation> {
  const admin = await em.findOne(Admin, adminId, { populate: ['roles'] });
  if (!admin) throw new Problem('not_found');
  const roles = admin.roles.getItems().toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const needed = isPermission(thing.needs) ? thing.needs : undefined;
  const by = needed ? givenBy(roles, needed) : [];
  const holder = { id: admin.id, permissions: admin.effective(), superadmin: admin.isSuperadmin };
  return {
    person: { id: admin.id, name: admin.name, disabled: !!admin.disabledAt, roles: roles.map(named) },
    what: { kind: thing.kind, id: thing.id, label: thing.label },
    allowed: !admin.disabledAt && (needed === undefined || holder.permissions.has(needed)),
    sentence: sentenceOf(admin, thing, by),
    needs: needed ? inWords(needed) : null,
    by,
    granting: needed ? (await rolesGranting(em, needed)).map(named) : [],
    people: needed && by.length === 0 ? await namesOfGivers(em, needed, holder) : [],
    notes,
  };
}
