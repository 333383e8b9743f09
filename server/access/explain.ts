import type { EntityManager } from '@mikro-orm/postgresql';
import type { Explanation } from '#contract/access.ts';
import { type Permission, isPermission, right } from '#contract/permissions.ts';
import { Admin } from '../admins/Admin.ts';
import { Problem } from '../platform/problem.ts';
import type { Role } from '../roles/Role.ts';
import { namesOfGivers } from '../roles/explain.ts';
import { rolesGranting } from '../roles/givers.ts';
import type { Thing } from './things.ts';
import { listed } from '../words/moments.ts';
import { rightLabel } from '../words/rights.ts';
import { say } from '../words/say.ts';

const named = ({ id, name }: Role): { id: string; name: string } => ({ id, name });
const inWords = (id: Permission): { id: string; label: string } => ({ id, label: rightLabel(id) });

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

const WHAT: Record<Thing['kind'], (thing: Thing) => string> = {
  right: ({ label, id }) => `${label} (${id})`,
  page: ({ label, id }) => say('the page {label} ({id})', { label, id }),
  widget: ({ label }) => say('the widget {label}', { label }),
  route: ({ id }) => id,
};
const MAY = { right: 'holds', page: 'can open', widget: 'can see', route: 'can use' } as const satisfies Record<Thing['kind'], string>;
const MAY_NOT = { right: 'does not hold', page: 'cannot open', widget: 'cannot see', route: 'cannot use' } as const satisfies Record<
  Thing['kind'],
  string
>;

function sentenceOf(admin: Admin, thing: Thing, by: Explanation['by']): string {
  const [may, mayNot, what] = [MAY[thing.kind], MAY_NOT[thing.kind], WHAT[thing.kind](thing)];
  const { name } = admin;
  if (admin.disabledAt) return say(`{name} ${mayNot} {what}, since the account is disabled: nobody signs in with it.`, { name, what });
  if (thing.needs === 'public') return say(`Anybody ${may} {what}, signed in or not.`, { what });
  if (!isPermission(thing.needs)) return say(`{name} ${may} {what}, as everybody who is signed in does.`, { name, what });
  const { label, id } = inWords(thing.needs);
  if (by.length > 0)
    return say(`{name} ${may} {what}, because of {roles}.`, { name, what, roles: listed(by.map(({ role }) => role.name)) });
  return thing.kind === 'right'
    ? say('{name} does not hold {what}: none of their roles grants it.', { name, what })
    : say(`{name} ${mayNot} {what}: it needs {label} ({id}), which none of their roles grants.`, { name, what, label, id });
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
