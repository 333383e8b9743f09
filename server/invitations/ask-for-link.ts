import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { say } from '../words/say.ts';
import { invitationFacts } from './facts.ts';
import { deadLink, findLink } from './find-link.ts';
import { invitationTokenHash } from './link.ts';

/**
 * The holder of a dead link asks for a new one: once per link, however often they press. It makes no link and mails no
 * outsider; the event tells those who can help.
 * @throws Problem `dead_link` for a link that never was, `conflict` for one that still works
 */
export async function askForLink(em: EntityManager, visitor: Actor, token: string, secrets: Secrets): Promise<void> {
  const found = await findLink(em, secrets, token);
  if (!found) throw await deadLink(em, found);
  if (found.state === 'open') throw new Problem('conflict', { detail: say('This link still works.') });
  const { invitation } = found;
  await em.populate(invitation, ['roles', 'departments', 'invitedBy']);
  const table = found.state === 'superseded' ? 'invitation_old_link' : 'invitation';
  await em.transactional(async em => {
    const first = await em.execute<unknown[]>(
      `update ${table} set asked_at = now() where token_hash = ? and asked_at is null returning token_hash`,
      [invitationTokenHash(secrets, token)],
    );
    if (first.length > 0) record(em, visitor, 'invitation.new-link-asked', invitationFacts(invitation));
  });
}
