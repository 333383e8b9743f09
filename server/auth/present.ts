import type { LoginSession, Me, SessionView } from '#contract/auth.ts';
import type { Way } from '#contract/factors.ts';
import { declaredRights } from '#contract/declared-rights.ts';
import { rowsPerPage } from '#contract/shared.ts';
import type { Admin } from '../admins/Admin.ts';
import { LANGUAGES, languageOf as chosenBy } from '#contract/languages.ts';
import { languageOf } from '../admins/present.ts';
import type { Organisation } from '../settings/Organisation.ts';
import type { Session } from './Session.ts';
import { deviceOf } from './device.ts';
import { CONFIRMED_SECONDS, type Standing } from './standing.ts';

export const presentMe = (admin: Admin): Me => ({
  id: admin.id,
  username: admin.username,
  email: admin.email,
  firstName: admin.firstName,
  lastName: admin.lastName,
  name: admin.name,
  roles: admin.roles.getItems().map(({ id, name }) => ({ id, name })),
  avatar: admin.avatar ?? null,
  avatarSource: admin.avatarSource,
  superadmin: admin.isSuperadmin,
  theme: admin.theme,
  density: admin.density,
  gettingStarted: admin.gettingStarted,
  shortcuts: admin.shortcuts,
  rowsPerPage: rowsPerPage.nullable().parse(admin.rowsPerPage ?? null),
  language: languageOf(admin.language),
  timeZone: admin.timeZone ?? null,
  version: admin.version,
});

/** Whoever knows only the password learns nothing of the person but what they typed. */
const presentStranger = (admin: Admin): Me => ({
  ...presentMe(admin),
  email: '',
  firstName: '',
  lastName: '',
  name: admin.username,
  roles: [],
  avatar: null,
  superadmin: false,
});

/** @param standing of that session, as it is now. @param ways in which the person can give a second factor */
export const presentSession = (
  admin: Admin,
  session: Session,
  { wants, enrolBy }: Pick<Standing, 'wants' | 'enrolBy'>,
  ways: readonly Way[],
  organisation: Organisation,
  version: string,
): SessionView => ({
  me: wants === 'second-factor' ? presentStranger(admin) : presentMe(admin),
  language: chosenBy(admin.language) ?? chosenBy(organisation.language) ?? LANGUAGES[0],
  permissions: wants ? [] : [...admin.effective()],
  declaredRights: wants ? [] : declaredRights().map(({ id, label, effect }) => ({ id, label, effect })),
  wants: wants ?? null,
  ways: [...ways],
  enrolBy: enrolBy?.toISOString() ?? null,
  organisation: { name: organisation.name, timeZone: organisation.timeZone, rowsPerPage: rowsPerPage.parse(organisation.rowsPerPage) },
  session: {
    id: session.id,
    expiresAt: session.expiresAt.toISOString(),
    idleUntil: new Date(session.lastSeenAt.getTime() + session.idleSeconds * 1000).toISOString(),
    idleSeconds: session.idleSeconds,
    confirmedUntil: new Date(session.confirmedAt.getTime() + CONFIRMED_SECONDS * 1000).toISOString(),
  },
  version,
});

export const presentLoginSession = (session: Session, currentId: string | undefined): LoginSession => ({
  id: session.id,
  current: session.id === currentId,
  device: deviceOf(session.userAgent),
  address: session.address,
  startedAt: session.createdAt.toISOString(),
  lastActiveAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  kept: session.kept,
});
