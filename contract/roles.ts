import { z } from 'zod';
import { avatar } from './avatars.ts';
import { endpoint } from './endpoint.ts';
import { MESSAGE_TYPES } from './message-types.ts';
import { isPermission } from './permissions.ts';
import { id, moment } from './shared.ts';

const messageType = z.enum(MESSAGE_TYPES);
const person = z.object({ id, name: z.string() });

/** Why the reader may not change a role. */
export const roleLock = z.enum(['built_in', 'no_right', 'your_own', 'beyond_your_rights', 'held_by_stronger']);
export type RoleLock = z.infer<typeof roleLock>;

export const roleView = z.object({
  id,
  name: z.string(),
  description: z.string(),
  /** Full Administrator: holds every right, now and later, and cannot be edited. */
  superadmin: z.boolean(),
  /** What it grants by itself. */
  permissions: z.array(z.string()),
  /** With everything implied. */
  effective: z.array(z.string()),
  messageTypes: z.array(messageType),
  /** Whether its people need a second factor, and within how many days of being asked for one. */
  secondFactorDemanded: z.boolean(),
  secondFactorGraceDays: z.int(),
  /** Whether its people may stay signed in for 30 days. */
  keepSignedIn: z.boolean(),
  /** Enabled admins who hold it, by name; the first fifty. */
  people: z.array(person.extend({ avatar })),
  /** How many enabled admins hold it, and how many disabled ones. */
  holders: z.int(),
  disabledHolders: z.int(),
  /** Open invitations that would give it. */
  invitations: z.int(),
  /** Whether the reader holds all that it grants, and so may give it to others. */
  grantable: z.boolean(),
  /** Why the reader may not change it; null: they may. */
  locked: roleLock.nullable(),
  changed: z.object({ by: z.string(), at: moment }).nullable(),
  version: z.int(),
});
export type RoleView = z.infer<typeof roleView>;

const name = z.string().trim().min(1, 'Write a name.').max(60, 'At most 60 characters.');
const description = z.string().trim().max(300, 'At most 300 characters.');
/** Any right there is when it is asked; extensions bring some. */
const permission = z.string().max(100).refine(isPermission, 'There is no such right.').describe('A right: `GET /permissions` lists them.');
const permissions = z.array(permission).max(500);
const messageTypes = z.array(messageType).max(MESSAGE_TYPES.length);
const graceDays = z.int('A whole number of days, from 0 to 30.').min(0, 'From 0 to 30 days.').max(30, 'From 0 to 30 days.');

/** A field left out stays as it is. `version` is the one that was read. */
const roleChange = z.strictObject({
  version: z.int(),
  name: name.optional(),
  description: description.optional(),
  permissions: permissions.optional(),
  messageTypes: messageTypes.optional(),
  secondFactorDemanded: z.boolean().optional(),
  secondFactorGraceDays: graceDays.optional(),
  keepSignedIn: z.boolean().optional(),
});
export type RoleChange = z.output<typeof roleChange>;

/** What a change of a role brings some people, who all gain and lose the same. */
export const roleOutcome = z.object({
  people: z.array(person.extend({ avatar, disabled: z.boolean() })),
  gains: z.array(z.string()),
  loses: z.array(z.string()),
  /** Titles of widgets. */
  appear: z.array(z.string()),
  vanish: z.array(z.string()),
});
export type RoleOutcome = z.infer<typeof roleOutcome>;
export const roleReview = z.object({
  /** Those who gain or lose most first; last those for whom nothing changes, since other roles of theirs grant the same. */
  outcomes: z.array(roleOutcome),
  /** Who would be asked for a second factor that they do not have. */
  withoutSecondFactor: z.array(person),
  /** Open invitations that give the role. */
  invitations: z.array(z.object({ id, email: z.string() })),
});
export type RoleReview = z.infer<typeof roleReview>;

export const listRoles = endpoint('GET', '/roles', 'The roles, what each grants, and who holds it.', {
  result: z.object({ items: z.array(roleView) }),
});
export const getRole = endpoint('GET', '/roles/:id', 'One role.', { result: roleView });
export const addRole = endpoint('POST', '/roles', 'Makes a role that grants no more than its maker holds.', {
  body: z.strictObject({
    name,
    description: description.default(''),
    permissions: permissions.default([]),
    messageTypes: messageTypes.default([]),
    secondFactorDemanded: z.boolean().default(false),
    secondFactorGraceDays: graceDays.default(7),
    keepSignedIn: z.boolean().default(true),
  }),
  result: roleView,
  status: 201,
});
export const editRole = endpoint('PATCH', '/roles/:id', 'Changes a role, at once for everybody who holds it.', {
  body: roleChange,
  result: roleView,
});
export const reviewRole = endpoint('POST', '/roles/:id/review', 'What a change of a role would bring whom. Changes nothing.', {
  body: roleChange,
  result: roleReview,
});

/** `moveTo`: the role that those who hold it, and open invitations to it, get instead. Needed where there are any. */
const removal = z.object({ version: z.coerce.number().int(), moveTo: id.optional() });
export const deleteRole = endpoint('DELETE', '/roles/:id', 'Deletes a role and moves its people and open invitations to another one.', {
  query: removal,
  result: z.object({ /** Those who were moved. */ people: z.int(), invitations: z.int() }),
});
export const reviewRoleRemoval = endpoint('GET', '/roles/:id/removal', 'What deleting a role would bring whom. Changes nothing.', {
  query: removal,
  result: roleReview,
});

export const listPermissions = endpoint('GET', '/permissions', 'Every right there is, in words.', {
  result: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        group: z.string(),
        effect: z.string(),
        implies: z.array(z.string()),
        highImpact: z.boolean(),
      }),
    ),
  }),
});
