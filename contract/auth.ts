import { z } from 'zod';
import { LANGUAGES } from './languages.ts';
import { avatar, avatarSources } from './avatars.ts';
import { endpoint } from './endpoint.ts';
import { factorProofs, wants, ways } from './factors.ts';
import { email, givenPassword, id, moment, name, newPassword, privateNotes, rowsPerPage, signature, timeZone } from './shared.ts';

export const themes = ['system', 'light', 'dark'] as const;
export const densities = ['comfortable', 'compact'] as const;

/** The person themselves. */
export const me = z.object({
  id,
  username: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  name: z.string(),
  roles: z.array(z.object({ id, name: z.string() })),
  avatar,
  avatarSource: z.enum(avatarSources),
  superadmin: z.boolean(),
  theme: z.enum(themes),
  /** How high the rows of tables are. */
  density: z.enum(densities),
  /** Whether the dashboard shows what to do first. */
  gettingStarted: z.boolean(),
  /** Whether single letters are shortcuts. */
  shortcuts: z.boolean(),
  /** Their own choice of *Records to Display per Page*; null means the installation's. */
  rowsPerPage: rowsPerPage.nullable(),
  /** Null: the installation's. */
  language: z.enum(LANGUAGES).nullable(),
  /** Their own zone; null means the organisation's. */
  timeZone: z.string().nullable(),
  version: z.int(),
});
export type Me = z.infer<typeof me>;

export const sessionView = z.object({
  me,
  /** What they read: their own choice, else the organisation's. */
  language: z.enum(LANGUAGES),
  /** Everything they may do, implied rights included; nothing as long as something is wanted. */
  permissions: z.array(z.string()),
  /** Rights that extensions declare, beside those of the product. */
  declaredRights: z.array(z.object({ id: z.templateLiteral(['widget.', z.string()]), label: z.string(), effect: z.string() })),
  /** Half signed in: what has to be given or set up before anything else opens. null: nothing, they are in. */
  wants: z.enum(wants).nullable(),
  /** The ways in which they can give a second factor, for signing in and for confirming who they are. */
  ways: z.array(z.enum(ways)),
  /** Until when a role lets them go on without a second factor; null where there is one, or none is asked for. */
  enrolBy: moment.nullable(),
  organisation: z.object({ name: z.string(), timeZone: z.string(), rowsPerPage }),
  session: z.object({
    id,
    expiresAt: moment,
    /** Without a request until then, it ends. */
    idleUntil: moment,
    /** How long it lasts without a request, in seconds. */
    idleSeconds: z.int(),
    /** Until then dangerous acts do not ask who it is: ten minutes from the last proof. */
    confirmedUntil: moment,
  }),
  /** Of this server: a page of another version offers a reload. */
  version: z.string(),
});
export type SessionView = z.infer<typeof sessionView>;

export const getSession = endpoint('GET', '/session', 'Who am I, and what may I do.', { result: sessionView });
export const signIn = endpoint('POST', '/session', 'Signs in with username or email and password.', {
  body: z.strictObject({
    login: z.string().trim().min(1, 'Type your username or email.').max(254),
    password: givenPassword,
    keep: z.boolean().default(false),
  }),
  result: sessionView,
});
export const signOut = endpoint('DELETE', '/session', 'Signs out.');

/** What somebody who is signed in shows to prove it is still them. */
export const proof = z.discriminatedUnion('by', [z.strictObject({ by: z.literal('password'), password: givenPassword }), ...factorProofs]);
export type Proof = z.output<typeof proof>;
export const confirmSession = endpoint(
  'POST',
  '/session/confirm',
  'Proves that it is still the same person, for ten minutes of dangerous acts.',
  {
    body: proof,
    result: sessionView,
  },
);

/** What the sign-in page may say to a stranger. */
export const getFront = endpoint('GET', '/front', 'The organisation’s name and whether it is set up, for people who are not signed in.', {
  result: z.object({
    organisation: z.string(),
    setUp: z.boolean(),
    passwordMinimum: z.int(),
    /** Whether browsers can use passkeys at this site’s address. */
    passkeys: z.boolean(),
  }),
});

export const getProfile = endpoint('GET', '/me/profile', 'What only the page of one’s own account shows.', {
  result: z.object({
    signature,
    privateNotes,
    /** Whether there is a picture one uploaded, shown or not. */
    uploaded: z.boolean(),
    /** Whether the organisation lets Gravatar be asked. */
    gravatar: z.boolean(),
    version: z.int(),
  }),
});
export const editMe = endpoint('PATCH', '/me', 'Changes one’s own account. A new email asks for a fresh proof of who it is.', {
  body: z.strictObject({
    version: z.int(),
    firstName: name.optional(),
    lastName: name.optional(),
    email: email.optional(),
    avatarSource: z.enum(avatarSources).optional(),
    signature: signature.optional(),
    privateNotes: privateNotes.optional(),
    theme: z.enum(themes).optional(),
    density: z.enum(densities).optional(),
    gettingStarted: z.literal(false).optional(),
    shortcuts: z.boolean().optional(),
    rowsPerPage: rowsPerPage.nullable().optional(),
    language: z.enum(LANGUAGES).nullable().optional(),
    timeZone: timeZone.nullable().optional(),
  }),
  result: me,
});
export const changePassword = endpoint('PUT', '/me/password', 'Changes one’s own password and ends all other login sessions.', {
  body: z.strictObject({ current: givenPassword, next: newPassword }),
});

export const loginSession = z.object({
  id,
  current: z.boolean(),
  /** "Firefox on Windows", as far as the browser says. */
  device: z.string(),
  address: z.string(),
  startedAt: moment,
  lastActiveAt: moment,
  expiresAt: moment,
  kept: z.boolean(),
});
export type LoginSession = z.infer<typeof loginSession>;
export const listMySessions = endpoint('GET', '/me/sessions', 'One’s own login sessions.', {
  result: z.object({ items: z.array(loginSession) }),
});
export const listSessionsOf = endpoint('GET', '/admins/:id/sessions', 'Somebody’s login sessions.', {
  result: z.object({ items: z.array(loginSession) }),
});
export const endSessionOf = endpoint('DELETE', '/admins/:id/sessions/:sessionId', 'Ends one of somebody’s login sessions.');
export const endSessionsOf = endpoint('DELETE', '/admins/:id/sessions', 'Signs somebody out everywhere.', {
  result: z.object({ ended: z.int() }),
});
export const endMySession = endpoint('DELETE', '/me/sessions/:id', 'Ends one of one’s own login sessions.');
export const endMyOtherSessions = endpoint('DELETE', '/me/sessions', 'Ends all of one’s own login sessions but this one.', {
  result: z.object({ ended: z.int() }),
});
