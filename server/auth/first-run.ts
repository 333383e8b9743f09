import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { timingSafeEqual } from 'node:crypto';
import { Admin } from '../admins/Admin.ts';
import type { Language } from '#contract/languages.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { Role } from '../roles/Role.ts';
import { ensureFirstRoles } from '../roles/first-roles.ts';
import { Organisation } from '../settings/Organisation.ts';
import { say } from '../words/say.ts';

/** Makes what every installation has from its first start on; several processes may do so at once. */
export async function ensureFirstRows(em: EntityManager, secrets: Secrets): Promise<void> {
  await em.transactional(async em => {
    await em.execute(
      `insert into organisation (id, name, time_zone, setup_nonce) values (1, 'Quarterdeck', 'UTC', ?) on conflict (id) do nothing`,
      [secrets.newNonce()],
    );
    // whoever comes second waits here, and finds the roles
    await em.findOneOrFail(Organisation, 1, { lockMode: LockMode.PESSIMISTIC_WRITE });
    await ensureFirstRoles(em);
  });
}

/** The token of the one-time link, the same at every start until it was used; `undefined` once set-up is closed. */
export async function setupToken(em: EntityManager, secrets: Secrets): Promise<string | undefined> {
  const organisation = await em.findOneOrFail(Organisation, 1);
  return organisation.setUpAt ? undefined : secrets.token('setup', organisation.setupNonce);
}

function demandOpen(organisation: Organisation, secrets: Secrets, token: string): void {
  if (organisation.setUpAt) throw new Problem('setup_closed');
  const expected = Buffer.from(secrets.token('setup', organisation.setupNonce));
  const given = Buffer.from(token);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Problem('dead_link', {
      detail: say('This is not the link that the server printed when it started. Look at its output again.'),
    });
  }
}

/** @throws Problem `setup_closed`, or `dead_link` for a wrong token */
export async function demandSetupOpen(em: EntityManager, secrets: Secrets, token: string): Promise<void> {
  demandOpen(await em.findOneOrFail(Organisation, 1), secrets, token);
}

export interface FirstRun {
  token: string;
  organisation: string;
  timeZone: string;
  language: Language;
  /** Of the person, where it may be another. */
  ownLanguage?: Language | undefined;
  firstName: string;
  lastName: string;
  email: string;
  username: string;
}

/**
 * Makes the first superadmin and closes set-up for ever. Of several at the same moment one wins; the others are told.
 * @throws Problem `setup_closed`, or `dead_link` for a wrong token
 */
export async function completeFirstRun(
  em: EntityManager,
  actor: Actor,
  secrets: Secrets,
  input: FirstRun,
  passwordHash: string,
): Promise<Admin> {
  return em.transactional(async em => {
    const organisation = await em.findOneOrFail(Organisation, 1, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    demandOpen(organisation, secrets, input.token);
    const role = await em.findOneOrFail(Role, { superadmin: true });
    const { firstName, lastName, email, username, language: house, ownLanguage = house } = input;
    const language = ownLanguage === house ? null : ownLanguage;
    const admin = em.create(Admin, { firstName, lastName, email, username, passwordHash, roles: [role], language });
    em.persist(admin);
    em.assign(organisation, { name: input.organisation, timeZone: input.timeZone, language: house, setUpAt: new Date() });
    const person: Actor = { ...actor, kind: 'admin', id: admin.id, name: admin.name };
    record(em, person, 'setup.completed', { adminId: admin.id, name: admin.name, organisation: input.organisation });
    record(em, person, 'admin.added', { adminId: admin.id, name: admin.name, email, username, roles: [role.name] });
    return admin;
  });
}
