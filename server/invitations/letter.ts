import { composeMail } from '../notifications/mail-layout.ts';
import type { Organisation } from '../settings/Organisation.ts';
import { inShort, listed } from '../words/moments.ts';
import { say } from '../words/say.ts';
import type { Invitation } from './Invitation.ts';

/** What the mail of an invitation says; a preview has it before there is an invitation. */
export interface Letter {
  /** First with a new link, or again with the same one. */
  kind: 'invitation' | 'reminder';
  to: string;
  inviter: string;
  roles: readonly string[];
  departments: readonly string[];
  note: string | null;
  expiresAt: Date;
}

/** @param name the organisation's. */
export const subjectOf = (kind: Letter['kind'], name: string): string =>
  kind === 'reminder'
    ? say('Reminder: your invitation to use {name} still waits', { name })
    : say("You've been invited to use {name}", { name });

/** Needs `roles`, `departments.department` and `invitedBy` loaded. */
export const letterOf = (invitation: Invitation, kind: Letter['kind']): Letter => ({
  kind,
  to: invitation.email,
  inviter: invitation.invitedBy.name,
  roles: invitation.roles.getItems().map(role => role.name),
  departments: invitation.departments
    .getItems()
    .filter(({ department }) => department)
    .map(({ name }) => name),
  note: invitation.note ?? null,
  expiresAt: invitation.expiresAt,
});

/** Writes the letter, for the mail and for its preview. @param url the link, or what stands for it */
export function composeLetter(letter: Letter, organisation: Organisation, url: string): { subject: string; html: string; text: string } {
  const { kind, to, inviter, roles, departments, note, expiresAt } = letter;
  const { name, timeZone } = organisation;
  const subject = subjectOf(kind, name);
  const { html, text } = composeMail({
    organisation: name,
    title: subject,
    paragraphs: [
      departments.length === 0
        ? say('{inviter} invited you to the admin area of {name} as {roles}.', { inviter, name, roles: listed(roles) })
        : say('{inviter} invited you to the admin area of {name} as {roles}. You will belong to {departments}.', {
            inviter,
            name,
            roles: listed(roles),
            departments: listed(departments),
          }),
      ...(note ? [say('{inviter} writes: {note}', { inviter, note })] : []),
      // in the organisation's zone: the reader's own is not known yet
      say('The link is good until {when}, and for one account.', { when: inShort(expiresAt, timeZone) }),
    ],
    action: { label: say('Accept Invitation'), url },
    footer: say('{inviter} asked Quarterdeck to send this to {to}. If you did not expect it, leave it: without the link nothing happens.', {
      inviter,
      to,
    }),
  });
  return { subject, html, text };
}
