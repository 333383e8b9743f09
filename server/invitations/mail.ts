import type { EntityManager } from '@mikro-orm/postgresql';
import { recordable } from '#contract/events.ts';
import { Event } from '../events/Event.ts';
import { record } from '../events/record.ts';
import { composeMail } from '../notifications/mail-layout.ts';
import type { SystemMail } from '../notifications/system-mail.ts';
import { SYSTEM } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import type { Organisation } from '../settings/Organisation.ts';
import { organisation } from '../settings/queries.ts';
import { Invitation } from './Invitation.ts';
import { linkOf } from './link.ts';
import { isVouchedFor } from './policy.ts';
import { wasResentAfter } from './queries.ts';

const REASON_LENGTH = 500;
const factsOf = (event: Event) => recordable['invitation.sent'].facts.parse(event.facts);
const subjectOf = (name: string): string => `You've been invited to use ${name}`;

/** Why this mail is of no use any more; `undefined` when it is. */
async function uselessBecause(em: EntityManager, event: Event, invitation: Invitation): Promise<string | undefined> {
  const state = invitation.stateAt(await databaseNow(em));
  if (state !== 'pending') return `The invitation was ${state} before the mail left.`;
  if (await wasResentAfter(em, event, invitation.id)) return 'A newer link was sent instead.';
  if (!isVouchedFor(invitation)) return `${invitation.invitedBy.name} could not send this invitation any more.`;
  return undefined;
}

/** In the organisation's zone, which is named: the reader's own is not known yet. */
function inWords(moment: Date, timeZone: string): string {
  const format: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  };
  return `${new Intl.DateTimeFormat('en-GB', { ...format, timeZone }).format(moment)} (${timeZone})`;
}

function compose(invitation: Invitation, { name, timeZone }: Organisation, url: string): { html: string; text: string } {
  const inviter = invitation.invitedBy.name;
  const roles = invitation.roles.getItems().map(role => role.name);
  return composeMail({
    organisation: name,
    title: subjectOf(name),
    paragraphs: [
      `${inviter} invited you to the admin area of ${name} as ${roles.join(', ')}.`,
      ...(invitation.note ? [`${inviter} writes: ${invitation.note}`] : []),
      `The link is good until ${inWords(invitation.expiresAt, timeZone)}, and for one account.`,
    ],
    action: { label: 'Accept Invitation', url },
    footer: `${inviter} asked Quarterdeck to send this to ${invitation.email}. If you did not expect it, leave it: without the link nothing happens.`,
  });
}

/** The mail that carries an invitation's link, as the invitation is when the mail leaves. */
export const invitationMail: SystemMail = {
  id: 'invitation',
  on: ['invitation.sent', 'invitation.resent'],

  async recipients(em, event) {
    const { invitationId, email } = factsOf(event);
    const { name } = await organisation(em);
    return [{ key: invitationId, label: email, about: subjectOf(name), target: { invitationId } }];
  },

  async render(em, { secrets, baseUrl }, delivery) {
    const event = await em.findOneOrFail(Event, delivery.event.id);
    const { invitationId } = factsOf(event);
    const invitation = await em.findOneOrFail(Invitation, invitationId, { populate: ['roles', 'invitedBy.roles'] });
    const reason = await uselessBecause(em, event, invitation);
    if (reason !== undefined) return { suppressed: reason };
    const url = linkOf(secrets, baseUrl, invitation);
    if (!url) return { suppressed: 'Its link was made with an earlier secret key of this installation. Resend the invitation.' };
    const chosen = await organisation(em);
    return { to: { address: invitation.email }, subject: subjectOf(chosen.name), ...compose(invitation, chosen, url) };
  },

  failed(em, event, reason) {
    record(em, SYSTEM, 'invitation.mail-failed', { ...factsOf(event), reason: reason.slice(0, REASON_LENGTH) });
    return Promise.resolve();
  },
};
