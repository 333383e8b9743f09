import { type OwnRight, followDeclaredRights } from './declared-rights.ts';
import { rights as inWords } from './words/en/rights.ts';

interface Words {
  label: string;
  /** What it lets somebody do, in one line. */
  effect: string;
}
interface Terms {
  group: 'Operate' | 'People' | 'Signals' | 'System';
  /** Rights that come with it, because it is of no use without them. */
  implies?: readonly string[];
  highImpact?: true;
}
type Right = Words & Terms;

/** Every right of the product's own. Roles hold these words; nothing else grants anything. */
export const permissions = {
  'dashboard.view': { group: 'Operate' },
  'todos.share': {
    group: 'Operate',
  },
  'presence.view': { group: 'Operate' },
  'overview.view': { group: 'Operate' },
  'billing.view': { group: 'Operate' },
  'orders.view': { group: 'Operate' },
  'tickets.view': { group: 'Operate' },
  'clients.view': { group: 'Operate' },
  'queues.view': { group: 'Operate' },
  'queues.manage': {
    group: 'Operate',
    implies: ['queues.view'],
    highImpact: true,
  },
  'system.view': { group: 'Operate' },
  'admins.view': { group: 'People', implies: ['roles.view'] },
  'admins.invite': {
    group: 'People',
    implies: ['admins.view'],
    highImpact: true,
  },
  'admins.edit': {
    group: 'People',
    implies: ['admins.view'],
    highImpact: true,
  },
  'admins.disable': {
    group: 'People',
    implies: ['admins.view'],
    highImpact: true,
  },
  'admins.secure': {
    group: 'People',
    implies: ['admins.view'],
    highImpact: true,
  },
  'departments.edit': {
    group: 'People',
    implies: ['admins.view'],
  },
  'roles.edit': {
    group: 'People',
    implies: ['roles.view'],
    highImpact: true,
  },
  'roles.view': { group: 'People' },
  'rules.view': { group: 'Signals' },
  'rules.edit': {
    group: 'Signals',
    implies: ['rules.view'],
  },
  'providers.edit': {
    group: 'Signals',
    implies: ['rules.view'],
    highImpact: true,
  },
  'deliveries.view': { group: 'Signals' },
  'deliveries.replay': {
    group: 'Signals',
    implies: ['deliveries.view'],
  },
  'activity.view': { group: 'Signals' },
  'events.read': { group: 'Signals' },
  'events.write': { group: 'Signals' },
  'settings.view': { group: 'System' },
  'settings.edit': {
    group: 'System',
    implies: ['settings.view'],
    highImpact: true,
  },
  'mail.read': {
    group: 'System',
    highImpact: true,
  },
  'keys.view': { group: 'System' },
  'keys.edit': {
    group: 'System',
    implies: ['keys.view'],
    highImpact: true,
  },
} as const satisfies Record<string, Terms>;

/** A right of the product's own. */
export type BuiltIn = keyof typeof permissions;
export type Permission = BuiltIn | OwnRight;

const words: Record<BuiltIn, Words> = inWords;
// the names of an object that is closed above are just its keys
export const BUILT_IN = Object.keys(permissions) as readonly BuiltIn[];
const rights = new Map<string, Right>(BUILT_IN.map(word => [word, { ...words[word], ...permissions[word] }]));
/** Every right there is, those of extensions last. */
export const PERMISSIONS: Permission[] = [...BUILT_IN];
export const isPermission = (word: string): word is Permission => rights.has(word);
/** @throws for a right that no longer exists, since its extension is gone */
export function right(permission: Permission): Right {
  const found = rights.get(permission);
  if (!found) throw new Error(`there is no right ${permission}`);
  return found;
}

followDeclaredRights(now => {
  for (const word of PERMISSIONS.splice(BUILT_IN.length)) rights.delete(word);
  for (const { id, label, effect } of now) {
    rights.set(id, { group: 'Operate', label, effect });
    PERMISSIONS.push(id);
  }
});

/** The rights an API key may carry. Sign-in, keys and roles are for people. */
export const SCOPES = [
  'events.write',
  'events.read',
  'presence.view',
  'activity.view',
  'deliveries.view',
  'queues.view',
] as const satisfies readonly BuiltIn[];
export type Scope = (typeof SCOPES)[number];

/** The given rights with everything they imply. */
export function closure(granted: Iterable<string>): Set<Permission> {
  const all = new Set<Permission>();
  const pending = [...granted];
  for (let word = pending.pop(); word !== undefined; word = pending.pop()) {
    if (!isPermission(word) || all.has(word)) continue;
    all.add(word);
    pending.push(...(right(word).implies ?? []));
  }
  return all;
}
