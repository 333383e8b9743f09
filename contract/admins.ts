import { z } from 'zod';
import { LANGUAGES } from './languages.ts';
import { activityEntry } from './activity.ts';
import { avatar } from './avatars.ts';
import { departmentChoices } from './departments.ts';
import { endpoint } from './endpoint.ts';
import {
  cursorOf,
  cursorQuery,
  email,
  id,
  moment,
  name,
  newPassword,
  pageOf,
  pageQuery,
  privateNotes,
  signature,
  username,
} from './shared.ts';

const named = z.object({ id, name: z.string() });

export const adminView = z.object({
  id,
  username: z.string(),
  name: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  avatar,
  roles: z.array(named),
  departments: z.array(named.extend({ ticketNotifications: z.boolean() })),
  superadmin: z.boolean(),
  /** What they have beside the password. */
  secondFactors: z.array(z.enum(['app', 'passkey'])),
  /** One of their roles demands a second factor. */
  secondFactorDemanded: z.boolean(),
  state: z.enum(['active', 'disabled']),
  disabled: z.object({ at: moment, by: z.string().nullable() }).nullable(),
  joinedAt: moment,
  lastSeenAt: moment.nullable(),
  /** How they stand to the reader. Nobody changes the account of somebody who holds more than they do. */
  standing: z.enum(['yourself', 'manageable', 'stronger']),
});
export type AdminView = z.infer<typeof adminView>;

export const adminDetail = adminView.extend({
  language: z.enum(LANGUAGES).nullable(),
  signature: z.string(),
  /** Absent for all but the person themselves and Full Administrators. */
  privateNotes: z.string().optional(),
  /** Their password was set by hand and opens nothing before they have chosen another. */
  mustChangePassword: z.boolean(),
  /** Nobody else is a Full Administrator who can sign in, so this account has to stay one. */
  lastSuperadmin: z.boolean(),
  version: z.int(),
});
export type AdminDetail = z.infer<typeof adminDetail>;

const SORTS = ['name', 'username', 'email', 'lastSeen', 'joined', 'disabled'] as const;
const sort = z.enum([...SORTS, ...SORTS.map(by => `-${by}` as const)]);

const filter = z.object({
  state: z.enum(['active', 'disabled']).default('active'),
  /** In name, username and email. */
  search: z.string().trim().max(100).optional(),
  role: id.optional(),
  department: id.optional(),
  /** `missing`: a role demands one and there is none. */
  secondFactor: z.enum(['on', 'off', 'missing']).optional(),
  /** Who has the admin area open. Asks for the right to see that. */
  presence: z.enum(['online', 'away', 'gone']).optional(),
  sort: sort.default('name'),
});
export const listAdmins = endpoint('GET', '/admins', 'Staff accounts.', {
  query: pageQuery.extend(filter.shape),
  result: pageOf(adminView).extend({ counts: z.object({ active: z.int(), invited: z.int(), disabled: z.int() }) }),
});
const MOST_AT_ONCE = 100;
export const exportAdmins = endpoint('GET', '/admins.csv', 'Staff accounts as CSV, narrowed and sorted like the list, or those named.', {
  query: filter.extend({
    /** With commas between them. */
    ids: z
      .string()
      .transform(text => text.split(','))
      .pipe(z.array(id).max(MOST_AT_ONCE))
      .optional(),
  }),
  answers: 'text/csv',
});
export const getAdmin = endpoint('GET', '/admins/:id', 'One staff account.', { result: adminDetail });

const roleIds = z.array(id).min(1, 'Choose at least one role.').max(20, 'At most 20 roles.');
const details = {
  language: z.enum(LANGUAGES).nullable(),
  signature,
  privateNotes,
};
export const addAdmin = endpoint('POST', '/admins', 'Adds an admin by hand. At the first sign-in they choose a password of their own.', {
  body: z.strictObject({
    username,
    email,
    firstName: name,
    lastName: name,
    roleIds,
    departments: departmentChoices.default([]),
    language: details.language.default(null),
    signature: details.signature.default(''),
    privateNotes: details.privateNotes.optional(),
    /** Left out, one is made. */
    password: newPassword.optional(),
    /** They cannot sign in before somebody enables them. */
    disabled: z.boolean().default(false),
  }),
  status: 201,
  result: z.object({ admin: adminDetail, /** Where it was made here: it is shown this once. */ password: z.string().nullable() }),
});
export const editAdmin = endpoint('PATCH', '/admins/:id', 'Changes an account; a version that is not the newest is a conflict.', {
  body: z.strictObject({
    version: z.int(),
    username: username.optional(),
    email: email.optional(),
    firstName: name.optional(),
    lastName: name.optional(),
    roleIds: roleIds.optional(),
    departments: departmentChoices.optional(),
    language: details.language.optional(),
    signature: details.signature.optional(),
    privateNotes: details.privateNotes.optional(),
  }),
  result: adminDetail,
});

export const ownedView = z.object({
  /** Open login sessions, which end. */
  sessions: z.int(),
  /** API keys that work, which are revoked: whoever has seen one could go on using it, so none is handed over. */
  keys: z.array(named),
  rules: z.array(named),
  /** Open invitations that they sent, by address. */
  invitations: z.array(named),
  /** Open shared to-dos that they are to do, by text. */
  todos: z.array(named),
  /** Who could take some of these over, and which of them. */
  takers: z.array(named.extend({ takes: z.array(id) })),
});
export type OwnedView = z.infer<typeof ownedView>;
export const getOwned = endpoint('GET', '/admins/:id/owned', 'What a person answers for, and who could take it over.', {
  result: ownedView,
});
export const disableAdmin = endpoint('POST', '/admins/:id/disable', 'Disables an account: its sessions end at once and its keys die.', {
  body: z.strictObject({
    /** Who takes over all rules, invitations and shared to-dos; what nobody takes stands still. */
    to: id.nullable().default(null),
    /** Other takers for single ones of them. */
    each: z
      .array(z.strictObject({ id, to: id.nullable() }))
      .max(500)
      .default([]),
  }),
  result: adminDetail,
});
export const enableAdmin = endpoint('POST', '/admins/:id/enable', 'Gives a disabled account its rights back, not its sessions.', {
  result: adminDetail,
});
export const deleteAdmin = endpoint('DELETE', '/admins/:id', 'Deletes a disabled account that nothing refers to.');

const ids = z
  .array(id)
  .min(1, 'Choose at least one account.')
  .max(MOST_AT_ONCE, `At most ${MOST_AT_ONCE} accounts at once.`)
  .refine(ids => new Set(ids).size === ids.length, 'An account stands here twice.');
/** What became of each, in the order of asking. */
const results = z.object({
  items: z.array(z.object({ id, name: z.string(), done: z.boolean(), /** Why not, for a person. */ reason: z.string().optional() })),
});
export const editAdmins = endpoint('POST', '/admins/bulk-edit', 'Gives or takes roles and departments, account by account.', {
  body: z.strictObject({
    ids,
    addRoles: z.array(id).max(20).default([]),
    removeRoles: z.array(id).max(20).default([]),
    addDepartments: departmentChoices.default([]),
    removeDepartments: z.array(id).max(200).default([]),
  }),
  result: results,
});
export const disableAdmins = endpoint('POST', '/admins/bulk-disable', 'Disables accounts, one by one; nothing is handed over.', {
  body: z.strictObject({ ids }),
  result: results,
});

export const listLogins = endpoint('GET', '/admins/:id/logins', 'How somebody signed in, was refused or locked out, newest first.', {
  query: cursorQuery,
  result: cursorOf(activityEntry),
});
