import type { Twin } from '../twin.ts';
import type { reset as english } from '../en/reset.ts';

export const reset: Twin<typeof english> = {
  forgotTitle: 'Passwort vergessen',
  forgotText:
    'Geben Sie Ihren Benutzernamen oder die E-Mail-Adresse Ihres Kontos ein. An diese Adresse geht ein Link, der ein neues Passwort setzt.',
  ask: 'Link senden',
  asking: 'Wird gesendet…',
  asked: minutes => `Wenn es dieses Konto gibt, ist ein Link unterwegs. Er gilt ${minutes} Minuten.`,
  noMail:
    'Keine Mail? Sehen Sie unter den unerwünschten nach. Höchstens drei Links in der Stunde werden gesendet. Auch ein Administrator kann Ihnen einen senden oder am Server ein neues Passwort setzen.',
  another: 'Noch einmal anfordern',
  back: 'Zurück zur Anmeldung',
  title: 'Neues Passwort wählen',
  opening: 'Ihr Link',
  forWhom: 'Für das Konto',
  ends: 'Alle Anmeldesitzungen enden.',
  left: 'Der Link gilt noch',
  password: 'Neues Passwort',
  again: 'Neues Passwort noch einmal',
  set: 'Neues Passwort setzen',
  done: 'Ihr neues Passwort ist gesetzt, und alle Anmeldesitzungen sind beendet. Melden Sie sich damit an; haben Sie einen zweiten Faktor, wird wie immer nach ihm gefragt.',
  dead: 'Dieser Link kann nicht mehr benutzt werden: Er gilt einmal, 30 Minuten lang, und nur der neueste.',
  askAnother: 'Neuen Link anfordern',
};
