import { z } from 'zod';
import { PROBLEM_CODES } from '../problems.ts';
import { event, naming, text } from './event.ts';

const admin = { adminId: z.uuid(), name: naming('person', z.string()) };
const adminLink = (facts: { adminId: string }): string => `/staff/${facts.adminId}`;
const attempt = { login: z.string().max(254), address: z.string() };

/** Repeated refusals are one entry that counts them. */
const oftenIn = (times: number | undefined): string => (times === undefined ? '' : ` (${times} times within a minute)`);

/** Who comes in and by what: sessions, passwords, second factors, keys. */
export const securityEvents = {
  'key.made': event({
    family: 'security',
    label: 'An API key was made',
    severity: 'warn',
    facts: z.object({ keyId: z.uuid(), name: z.string(), scopes: z.array(z.string()) }),
    title: ({ name, scopes }) => `made the API key ${name} for ${scopes.join(', ')}`,
    link: () => '/settings/api-keys',
  }),
  'key.first-used': event({
    family: 'security',
    label: 'An API key was used for the first time',
    severity: 'info',
    facts: z.object({ keyId: z.uuid(), name: z.string(), address: z.string() }),
    title: ({ name, address }) => `used the API key ${name} for the first time, from ${address}`,
    link: () => '/settings/api-keys',
  }),
  'key.revoked': event({
    family: 'security',
    label: 'An API key was revoked',
    severity: 'warn',
    facts: z.object({ keyId: z.uuid(), name: z.string() }),
    title: ({ name }) => `revoked the API key ${name}`,
    link: () => '/settings/api-keys',
  }),
  'session.started': event({
    family: 'security',
    label: 'Somebody signed in',
    severity: 'info',
    facts: z.object({ ...admin, device: z.string() }),
    title: ({ device }) => `signed in with ${device}`,
    link: adminLink,
  }),
  'session.refused': event({
    family: 'security',
    label: 'A sign-in was refused',
    severity: 'warn',
    facts: z.object(attempt),
    title: ({ login }) => `was refused at sign-in as “${login}”`,
  }),
  'session.locked-out': event({
    family: 'security',
    label: 'Sign-ins were locked out',
    severity: 'bad',
    facts: z.object({ ...attempt, seconds: z.int() }),
    title: ({ login, seconds }) => `was locked out as “${login}” for ${Math.ceil(seconds / 60)} min`,
  }),
  'session.ended': event({
    family: 'security',
    label: 'Somebody signed out',
    severity: 'info',
    facts: z.object(admin),
    title: () => 'signed out',
    link: adminLink,
  }),
  'session.revoked': event({
    family: 'security',
    label: 'Login sessions were ended',
    severity: 'warn',
    facts: z.object({ ...admin, sessions: z.int() }),
    title: ({ name, sessions }) => `ended ${sessions} login session${sessions === 1 ? '' : 's'} of ${name}`,
    link: adminLink,
  }),
  'password.changed': event({
    family: 'security',
    label: 'A password was changed',
    severity: 'warn',
    facts: z.object(admin),
    title: ({ name }) => `changed the password of ${name}`,
    link: adminLink,
  }),
  'password.reset-requested': event({
    family: 'security',
    label: 'A password reset was requested',
    severity: 'info',
    facts: z.object({ ...admin, resetId: z.uuid(), by: z.enum(['mail', 'staff', 'shell']) }),
    title: ({ name, by }) =>
      by === 'shell' ? `made a link in the shell that sets a new password for ${name}` : `asked for a new password for ${name}`,
    link: adminLink,
  }),
  'password.reset-refused': event({
    family: 'security',
    label: 'A password reset was asked for nobody',
    severity: 'info',
    facts: z.object(attempt),
    title: ({ login }) => `asked for a new password as “${login}”, which is no active account`,
  }),
  'password.reset': event({
    family: 'security',
    label: 'A password was reset',
    severity: 'warn',
    facts: z.object({ ...admin, sessions: z.int() }),
    title: ({ name }) => `set a new password for ${name} by a reset link`,
    link: adminLink,
  }),
  'second-factor.enrolled': event({
    family: 'security',
    label: 'A second factor was set up',
    severity: 'good',
    facts: z.object({ ...admin, factor: z.enum(['app', 'passkey', 'recovery codes']), label: text.optional() }),
    title: ({ factor, label }) =>
      `set up ${factor === 'recovery codes' ? 'new recovery codes' : factor === 'app' ? 'an authenticator app' : `the passkey ${label ?? ''}`.trim()}`,
    link: adminLink,
  }),
  'second-factor.removed': event({
    family: 'security',
    label: 'A second factor was removed',
    severity: 'warn',
    facts: z.object({ ...admin, factor: z.enum(['app', 'passkey']), label: text.optional() }),
    title: ({ factor, label }) => `removed ${factor === 'app' ? 'the authenticator app' : `the passkey ${label ?? ''}`.trim()}`,
    link: adminLink,
  }),
  'second-factor.reset': event({
    family: 'security',
    label: 'A second factor was reset by somebody else',
    severity: 'bad',
    facts: z.object({ ...admin, factors: z.int() }),
    title: ({ name }) => `reset the second factor of ${name}`,
    link: adminLink,
  }),
  'second-factor.refused': event({
    family: 'security',
    label: 'A second factor was refused',
    severity: 'warn',
    facts: z.object({ ...admin, factor: text }),
    title: ({ factor }) => `was refused with a wrong ${factor}`,
    link: adminLink,
  }),
  'recovery-code.used': event({
    family: 'security',
    label: 'A recovery code was used',
    severity: 'warn',
    facts: z.object({ ...admin, left: z.int() }),
    title: ({ left }) => `used a recovery code; ${left} are left`,
    link: adminLink,
  }),
  'session.confirmed': event({
    family: 'security',
    label: 'Somebody confirmed who they are',
    severity: 'info',
    facts: z.object({ ...admin, by: text }),
    title: ({ by }) => `confirmed who they are with ${by}`,
    link: adminLink,
  }),
  'permission.denied': event({
    family: 'security',
    label: 'Something was denied',
    severity: 'warn',
    facts: z.object({ permission: z.string(), route: z.string(), times: z.int().optional() }),
    title: ({ permission, route, times }) => `was denied ${route}${oftenIn(times)}, which needs ${permission}`,
  }),
  'act.refused': event({
    family: 'security',
    label: 'An act was refused or failed',
    severity: 'warn',
    facts: z.object({
      route: z.string(),
      code: z.enum(PROBLEM_CODES),
      reason: text,
      objectId: z.uuid().optional(),
      times: z.int().optional(),
    }),
    title: ({ route, reason, times }) => `tried ${route}${oftenIn(times)} in vain: ${reason}`,
  }),
  'chain.broken': event({
    family: 'security',
    label: 'The activity log was tampered with',
    severity: 'bad',
    facts: z.object({ seq: z.int(), reason: text }),
    title: ({ seq, reason }) => `found the activity log broken at #${seq}: ${reason}`,
    link: () => '/activity',
  }),
} as const;
