import type { EntityManager } from '@mikro-orm/postgresql';
import { recordable } from '#contract/events.ts';
import type { InEach } from '#contract/languages.ts';
import { Event } from '../events/Event.ts';
import { record } from '../events/record.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { SYSTEM } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { organisation } from '../settings/queries.ts';
import { inEach, sayAll } from '../words/say.ts';
import { Invitation } from './Invitation.ts';
import { composeLetter, type Letter, letterOf, subjectOf } from './letter.ts';
import { linkOf } from './link.ts';
import { isVouchedFor } from './policy.ts';
import { wasResentAfter } from './queries.ts';

const REASON_LENGTH = 500;
const factsOf = (event: Event) => recordable['invitation.sent'].facts.parse(event.facts);
const kindOf = (event: Event): Letter['kind'] => (event.type === 'invitation.reminded' ? 'reminder' : 'invitation');

/** Why this mail is of no use any more; `undefined` when it is. */
async function uselessBecause(em: EntityManager, event: Event, invitation: Invitation): Promise<InEach | undefined> {
  const state = invitation.stateAt(await databaseNow(em));
  if (state !== 'pending') return sayAll(`The invitation was ${state} before the mail left.`);
  if (await wasResentAfter(em, event, invitation.id)) return sayAll('A newer link was sent instead.');
  if (!isVouchedFor(invitation)) return sayAll('{name} could not send this invitation any more.', { name: invitation.invitedBy.name });
  return undefined;
}

/** The mail that carries an invitation's link, as the invitation is when the mail leaves. */
export const invitationMail: SystemMail = {
  id: 'invitation',
  on: ['invitation.sent', 'invitation.resent', 'invitation.reminded'],

  async recipients(em, event) {
    const { invitationId, email } = factsOf(event);
    const { name } = await organisation(em);
    return [{ key: invitationId, label: email, about: inEach(() => subjectOf(kindOf(event), name)), target: { invitationId } }];
  },

  async render(em, { secrets, baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const { invitationId } = factsOf(event);
    const invitation = await em.findOneOrFail(Invitation, invitationId, {
      populate: ['roles', 'departments.department', 'invitedBy.roles'],
    });
    const reason = await uselessBecause(em, event, invitation);
    if (reason !== undefined) return { suppressed: reason };
    const url = linkOf(secrets, baseUrl, invitation);
    if (!url) return { suppressed: sayAll('Its link was made with an earlier secret key of this installation. Resend the invitation.') };
    const to = { address: invitation.email, ...(invitation.name && { name: invitation.name }) };
    return { to, ...composeLetter(letterOf(invitation, kindOf(event)), await organisation(em), url) };
  },

  failed(em, event, reason) {
    record(em, SYSTEM, 'invitation.mail-failed', { ...factsOf(event), reason: reason.slice(0, REASON_LENGTH) });
    return Promise.resolve();
  },
};
