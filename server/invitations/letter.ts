import { composeMail } from '../notifications/mail-layout.ts';
import type { Organisation } from '../settings/Organisation.ts';
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
  kind === 'reminder' ? `Reminder: your invitation to use ${name} still waits` : `You've been invited to use ${name}`;

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

/** In the organisation's zone, which is named: the reader's own is not known yet. */
export function inWords(moment: Date, timeZone: string): string {
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

const list = (names: readonly string[]): string => new Intl.ListFormat('en-GB').format(names);

/** Writes the letter, for the mail and for its preview. @param url the link, or what stands for it */
export function composeLetter(letter: Letter, organisation: Organisation, url: string): { subject: string; html: string; text: string } {
  const { kind, to, inviter, roles, departments, note, expiresAt } = letter;
  const { name, timeZone } = organisation;
  const subject = subjectOf(kind, name);
  const departing = departments.length === 0 ? '' : ` You will belong to ${list(departments)}.`;
  const { html, text } = composeMail({
    organisation: name,
    title: subject,
    paragraphs: [
      `${inviter} invited you to the admin area of ${name} as ${list(roles)}.${departing}`,
      ...(note ? [`${inviter} writes: ${note}`] : []),
      `The link is good until ${inWords(expiresAt, timeZone)}, and for one account.`,
    ],
    action: { label: 'Accept Invitation', url },
    footer: `${inviter} asked Quarterdeck to send this to ${to}. If you did not expect it, leave it: without the link nothing happens.`,
  });
  return { subject, html, text };
}
