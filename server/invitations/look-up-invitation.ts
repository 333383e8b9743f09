import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Invitation } from './Invitation.ts';
import { invitationFacts } from './facts.ts';
import { openLink } from './find-link.ts';

/** What an open link offers. Looking never uses it up; the first look at each link is recorded. @throws Problem `dead_link` */
export async function lookUpInvitation(em: EntityManager, visitor: Actor, token: string, secrets: Secrets): Promise<Invitation> {
  const invitation = await openLink(em, secrets, token);
  await em.transactional(async em => {
    const first = await em.execute<unknown[]>(
      `update invitation set opened_at = now() where token_hash = ? and state = 'pending' and opened_at is null returning id`,
      [invitation.tokenHash],
    );
    if (first.length > 0) record(em, visitor, 'invitation.opened', invitationFacts(invitation));
  });
  return invitation;
}
