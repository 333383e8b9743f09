import type { RoleView } from '#contract/roles.ts';
import { PERMISSIONS, type Permission, closure, isPermission, right } from '#contract/permissions.ts';
import { rightGroups } from '#contract/words/en/rights.ts';

/** What can be set of a role. */
export interface Settings extends Pick<
  RoleView,
  'name' | 'description' | 'messageTypes' | 'secondFactorDemanded' | 'secondFactorGraceDays' | 'keepSignedIn'
> {
  permissions: Permission[];
}

export const emptySettings: Settings = {
  name: '',
  description: '',
  permissions: [],
  messageTypes: [],
  secondFactorDemanded: false,
  secondFactorGraceDays: 7,
  keepSignedIn: true,
};
const FIELDS = [
  'name',
  'description',
  'permissions',
  'messageTypes',
  'secondFactorDemanded',
  'secondFactorGraceDays',
  'keepSignedIn',
] as const satisfies readonly (keyof Settings)[];

export const settingsOf = (role: RoleView): Settings => ({
  name: role.name,
  description: role.description,
  permissions: role.superadmin ? [...PERMISSIONS] : role.permissions.filter(isPermission),
  messageTypes: role.messageTypes,
  secondFactorDemanded: role.secondFactorDemanded,
  secondFactorGraceDays: role.secondFactorGraceDays,
  keepSignedIn: role.keepSignedIn,
});

/** As the server would store it: what is the same compares the same. */
const normal = (settings: Settings): Settings => ({
  ...settings,
  name: settings.name.trim(),
  description: settings.description.trim(),
  permissions: PERMISSIONS.filter(id => settings.permissions.includes(id)),
  messageTypes: settings.messageTypes.toSorted(),
});

/** The fields of `now` that differ from `base`. */
export function changeOf(base: Settings, now: Settings): Partial<Settings> {
  const [was, is] = [normal(base), normal(now)];
  return Object.fromEntries(
    FIELDS.filter(field => JSON.stringify(was[field]) !== JSON.stringify(is[field])).map(field => [field, is[field]]),
  );
}

/** Their list with what I added to the base and without what I took away from it. */
const merged = <T>(base: readonly T[], mine: readonly T[], theirs: readonly T[]): T[] => [
  ...theirs.filter(one => mine.includes(one) || !base.includes(one)),
  ...mine.filter(one => !base.includes(one) && !theirs.includes(one)),
];

/** What I changed of `base`, upon `theirs`: of a field that both changed mine stays, lists take what either added or took away. */
export function mergeOf(base: Settings, mine: Settings, theirs: Settings): Settings {
  return {
    ...theirs,
    ...changeOf(base, mine),
    permissions: merged(base.permissions, mine.permissions, theirs.permissions),
    messageTypes: merged(base.messageTypes, mine.messageTypes, theirs.messageTypes),
  };
}

/** A role while it is edited. */
export class RoleDraft {
  /** What is stored: changes are counted from it. */
  base = $state.raw<Settings>(emptySettings);
  now = $state.raw<Settings>(emptySettings);
  readonly change = $derived(changeOf(this.base, this.now));
  readonly dirty = $derived(Object.keys(this.change).length > 0);
  /** Implied rights included. */
  readonly effective: ReadonlySet<Permission> = $derived(closure(this.now.permissions));
  readonly before: ReadonlySet<Permission> = $derived(closure(this.base.permissions));

  constructor(base: Settings, now: Settings = base) {
    this.base = base;
    this.now = now;
  }

  set(part: Partial<Settings>): void {
    this.now = { ...this.now, ...part };
  }

  grant(ids: readonly Permission[]): void {
    this.set({ permissions: PERMISSIONS.filter(id => ids.includes(id) || this.now.permissions.includes(id)) });
  }

  /** Takes rights away as far as they are granted by themselves: what another right brings with it stays. */
  clear(ids: readonly Permission[]): void {
    this.set({ permissions: this.now.permissions.filter(id => !ids.includes(id)) });
  }

  /** The granted rights that bring this one with them. */
  bringing(id: Permission): Permission[] {
    return this.now.permissions.filter(one => one !== id && closure([one]).has(id));
  }

  has(id: Permission): boolean {
    return this.effective.has(id);
  }
  changed(id: Permission): boolean {
    return this.effective.has(id) !== this.before.has(id);
  }
}

/** Groups in the order in which the rights stand, each with its rights. */
export const groups = (): { name: string; ids: Permission[] }[] =>
  [...Map.groupBy(PERMISSIONS, id => rightGroups[right(id).group])].map(([name, ids]) => ({ name, ids }));

/** Whether a right is meant by what somebody typed: its name, its effect or its id. */
export function matches(id: Permission, typed: string): boolean {
  const { label, effect } = right(id);
  const text = `${label} ${effect} ${id}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}
