import type { Twin } from '../twin.ts';
import type { confirm as english } from '../en/confirm.ts';

export const confirm: Twin<typeof english> = {
  title: 'Bestätigen, dass Sie es sind',
  why: 'Was jetzt kommt, betrifft den Zugang anderer oder Ihren eigenen. Zeigen Sie, dass Sie es noch sind; das gilt zehn Minuten.',
  password: 'Ihr Passwort',
  code: { app: 'Code Ihrer Authenticator-App', recovery: 'Wiederherstellungscode' },
  by: { password: 'Passwort benutzen', app: 'App benutzen', passkey: 'Passkey benutzen', recovery: 'Wiederherstellungscode benutzen' },
  confirm: 'Bestätigen',
  checking: 'Wird geprüft…',
  tooMany: 'Zu viele Versuche. Wieder möglich in',
};
