import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { organisation } from '../settings/queries.ts';
import { composeLetter } from './letter.ts';
import { readEntry } from './read-entry.ts';
import { type InvitationsInput, deadline } from './send-invitations.ts';
import { departmentsToJoin, rolesToGrant } from './terms.ts';

/** Stands for the link, which is made when the invitation is. */
const NO_LINK = '/invitation#…';
const SOMEBODY = 'each address';

/**
 * The mail as it would go out now.
 * @param input `address`: whom it would go to; empty or not readable: somebody.
 * @throws Problem `beyond_your_rights`, or `invalid` for a role or a department that is gone
 */
export async function previewInvitation(
  em: EntityManager,
  actor: Actor,
  input: Pick<InvitationsInput, 'roleIds' | 'departments' | 'note'> & { address: string },
  baseUrl: string,
): Promise<{ subject: string; html: string; text: string }> {
  // the departments are only held while a transaction lasts
  return em.transactional(async em => {
    const roles = await rolesToGrant(em, actor, input.roleIds);
    const departments = await departmentsToJoin(em, input.departments ?? []);
    const found = readEntry(input.address);
    return composeLetter(
      {
        kind: 'invitation',
        to: 'email' in found ? found.email : SOMEBODY,
        inviter: actor.name,
        roles: roles.map(({ name }) => name),
        departments: departments.map(({ name }) => name),
        note: input.note || null,
        expiresAt: deadline(await databaseNow(em)),
      },
      await organisation(em),
      `${baseUrl}${NO_LINK}`,
    );
  });
}
