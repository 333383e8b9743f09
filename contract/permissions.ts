import { type OwnRight, followDeclaredRights } from './declared-rights.ts';

interface Right {
  label: string;
  group: 'Operate' | 'People' | 'Signals' | 'System';
  /** What it lets somebody do, in one line. */
  effect: string;
  /** Rights that come with it, because it is of no use without them. */
  implies?: readonly string[];
  highImpact?: true;
}

/** Every right of the product's own. Roles hold these words; nothing else grants anything. */
export const permissions = {
  'dashboard.view': { group: 'Operate', label: 'View dashboard', effect: 'Opens the dashboard and the widgets its other rights allow.' },
  'todos.share': {
    group: 'Operate',
    label: 'Share to-dos',
    effect: 'Sees, adds and completes the to-dos that are shared, and can be given some.',
  },
  'presence.view': { group: 'Operate', label: 'View Staff Online', effect: 'Sees who has the admin area open, since when and where.' },
  'overview.view': { group: 'Operate', label: 'View business figures', effect: 'Sees the sums of orders, income and tickets.' },
  'billing.view': { group: 'Operate', label: 'View billing', effect: 'Sees income over time, refunds and overdue invoices.' },
  'orders.view': { group: 'Operate', label: 'View orders', effect: 'Sees orders, whose they are and what became of them.' },
  'tickets.view': { group: 'Operate', label: 'View tickets', effect: 'Sees which tickets wait for whom, and how long.' },
  'clients.view': { group: 'Operate', label: 'View clients', effect: 'Sees the clients and what they did last.' },
  'queues.view': { group: 'Operate', label: 'View queues', effect: 'Sees what the workers are doing and what waits or failed.' },
  'queues.manage': {
    group: 'Operate',
    label: 'Manage queues',
    effect: 'Pauses and resumes queues, has failed jobs tried again and removes jobs.',
    implies: ['queues.view'],
    highImpact: true,
  },
  'system.view': { group: 'Operate', label: 'View system health', effect: 'Sees the state of database, Redis, disk, clock and versions.' },
  'admins.view': { group: 'People', label: 'View staff', effect: 'Sees accounts and invitations.', implies: ['roles.view'] },
  'admins.invite': {
    group: 'People',
    label: 'Invite staff',
    effect: 'Sends, resends and revokes invitations to roles that grant no more than their own.',
    implies: ['admins.view'],
    highImpact: true,
  },
  'admins.edit': {
    group: 'People',
    label: 'Edit staff',
    effect: 'Adds admins by hand and changes accounts, roles and departments of people who hold no more than they do.',
    implies: ['admins.view'],
    highImpact: true,
  },
  'admins.disable': {
    group: 'People',
    label: 'Disable staff',
    effect: 'Disables, enables and deletes accounts, and hands over what they own.',
    implies: ['admins.view'],
    highImpact: true,
  },
  'admins.secure': {
    group: 'People',
    label: 'Secure accounts',
    effect: 'Sees and ends login sessions of others, sends them password resets and resets their second factor.',
    implies: ['admins.view'],
    highImpact: true,
  },
  'departments.edit': {
    group: 'People',
    label: 'Edit departments',
    effect: 'Makes, changes, orders and deletes departments and decides who belongs to them.',
    implies: ['admins.view'],
  },
  'roles.edit': {
    group: 'People',
    label: 'Edit roles',
    effect: 'Makes, changes and deletes roles that grant no more than they hold.',
    implies: ['roles.view'],
    highImpact: true,
  },
  'roles.view': { group: 'People', label: 'View roles', effect: 'Sees the roles and what each one grants.' },
  'rules.view': { group: 'Signals', label: 'View notification rules', effect: 'Sees the rules, and which providers are active.' },
  'rules.edit': {
    group: 'Signals',
    label: 'Edit notification rules',
    effect: 'Makes, changes, tests and deletes rules.',
    implies: ['rules.view'],
  },
  'providers.edit': {
    group: 'Signals',
    label: 'Set up providers',
    effect: 'Activates and changes email, Slack and the other ways out.',
    implies: ['rules.view'],
    highImpact: true,
  },
  'deliveries.view': { group: 'Signals', label: 'View delivery log', effect: 'Follows each message from the event to the answer.' },
  'deliveries.replay': {
    group: 'Signals',
    label: 'Send again',
    effect: 'Sends failed and suppressed messages once more.',
    implies: ['deliveries.view'],
  },
  'activity.view': { group: 'Signals', label: 'View activity log', effect: 'Sees who changed what, when and from where.' },
  'events.read': { group: 'Signals', label: 'Read events', effect: 'Reads the numbered stream of events through the API.' },
  'events.write': { group: 'Signals', label: 'Post events', effect: 'Posts business events and events of their own through the API.' },
  'settings.view': { group: 'System', label: 'View settings', effect: 'Sees what the organisation chose.' },
  'settings.edit': {
    group: 'System',
    label: 'Edit settings',
    effect: 'Changes name, time zone, rows per page and password length.',
    implies: ['settings.view'],
    highImpact: true,
  },
  'mail.read': {
    group: 'System',
    label: 'Read kept mail',
    effect: 'Reads messages that were kept because no mail server is set.',
    highImpact: true,
  },
  'keys.view': { group: 'System', label: 'View API keys', effect: 'Sees which keys exist, what they may do and when they were used.' },
  'keys.edit': {
    group: 'System',
    label: 'Make and revoke API keys',
    effect: 'Makes keys with scopes they hold themselves, and revokes any key.',
    implies: ['keys.view'],
    highImpact: true,
  },
} as const satisfies Record<string, Right>;

/** A right of the product's own. */
export type BuiltIn = keyof typeof permissions;
export type Permission = BuiltIn | OwnRight;

const builtIn: [BuiltIn, Right][] = Object.entries(permissions).map(([word, right]) => [word as BuiltIn, right]);
const rights = new Map<string, Right>(builtIn);
export const BUILT_IN: readonly BuiltIn[] = builtIn.map(([word]) => word);
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
