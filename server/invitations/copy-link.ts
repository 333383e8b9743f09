import type { EntityManager } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import { say } from '../words/say.ts';
import { invitationFacts } from './facts.ts';
import { linkOf } from './link.ts';
import { lockInvitation } from './lock-invitation.ts';
import { isVouchedFor } from './policy.ts';

/**
 * The link of an open invitation, for somebody who could have sent it.
 * @throws Problem `not_found`, `beyond_your_rights`, or `invitation_closed` when there is no link that would work
 */
export async function copyLink(
  em: EntityManager,
  actor: Actor,
  id: string,
  { secrets, baseUrl }: { secrets: Secrets; baseUrl: string },
): Promise<string> {
  return em.transactional(async em => {
    const invitation = await lockInvitation(em, actor, id);
    if (!invitation.isOpen(await databaseNow(em))) throw new Problem('invitation_closed');
    if (!isVouchedFor(invitation)) {
      throw new Problem('invitation_closed', {
        detail: say('{name} could not send this invitation any more. Resend it as your own.', { name: invitation.invitedBy.name }),
      });
    }
    const link = linkOf(secrets, baseUrl, invitation);
    if (!link)
      throw new Problem('invitation_closed', {
        detail: say('Its link was made with an earlier secret key of this installation. Resend it.'),
      });
    record(em, actor, 'invitation.link-copied', invitationFacts(invitation));
    return link;
  });
}
