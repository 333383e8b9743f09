import { PERMISSIONS } from '#contract/permissions.ts';
import { MESSAGE_TYPES } from '#contract/message-types.ts';
import type { RoleChange } from '#contract/roles.ts';
import type { Role } from './Role.ts';

/** What can be set of a role. */
export type RoleSettings = Required<{ [Field in keyof Omit<RoleChange, 'version'>]: NonNullable<RoleChange[Field]> }>;

/** Lists in one order and without repeats, so that the same is the same; what the product no longer knows goes. */
export const normal = ({ permissions, messageTypes, ...rest }: RoleSettings): RoleSettings => ({
  ...rest,
  permissions: PERMISSIONS.filter(permission => permissions.includes(permission)),
  messageTypes: MESSAGE_TYPES.filter(type => messageTypes.includes(type)),
});

const isOneOf = <Word extends string>(words: readonly Word[], word: string): word is Word => (words as readonly string[]).includes(word);

/** As a role is now. */
export const settingsOf = (role: Role): RoleSettings =>
  normal({
    name: role.name,
    description: role.description,
    permissions: role.permissions.filter(word => isOneOf(PERMISSIONS, word)),
    messageTypes: role.messageTypes.filter(word => isOneOf(MESSAGE_TYPES, word)),
    secondFactorDemanded: role.secondFactorDemanded,
    secondFactorGraceDays: role.secondFactorGraceDays,
    keepSignedIn: role.keepSignedIn,
  });

/** As it would be after a change. */
export function settingsAfter(role: Role, change: RoleChange): RoleSettings {
  const now = settingsOf(role);
  const given = Object.entries(change).filter(([field, value]) => Object.hasOwn(now, field) && value !== undefined);
  return normal({ ...now, ...Object.fromEntries(given) });
}

/** Each field that differs, with what was and what is, for the log. */
export function changesBetween(before: RoleSettings, after: RoleSettings): Record<string, { before: unknown; after: unknown }> {
  const fields = Object.keys(after) as (keyof RoleSettings)[];
  return Object.fromEntries(
    fields
      .filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
      .map(field => [field, { before: before[field], after: after[field] }]),
  );
}
