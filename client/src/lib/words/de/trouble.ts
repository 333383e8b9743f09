import type { Twin } from '../twin.ts';
import type { trouble as english } from '../en/trouble.ts';

export const trouble: Twin<typeof english> = {
  titles: {
    denied: 'Diese Seite dürfen Sie nicht sehen',
    missing: 'Diese Seite gibt es nicht',
    gone: 'Dieser Link kann nicht mehr benutzt werden',
    tooMany: 'Zu viele Anfragen',
    unavailable: 'Der Server kann gerade nicht antworten',
    offline: 'Sie sind offline',
    failed: 'Etwas ist fehlgeschlagen',
  },
  needs: label => `Sie brauchen ${label}`,
  missingHere: 'Vielleicht ist die Adresse falsch getippt, oder was hier stand, wurde gelöscht.',
  missingText: 'Vielleicht ist die Adresse falsch getippt, oder was hier stand, wurde gelöscht. Wohin stattdessen:',
  findPage: 'Seite finden',
  noPage: 'Keine Ihrer Seiten heißt so.',
  goneText: 'Er wurde schon benutzt oder ist zu alt. Bitten Sie um einen neuen, wer ihn gesendet hat.',
  wait: left => `Wieder möglich in ${left}.`,
  noAnswer: 'Der Server hat nicht geantwortet. Nichts ging verloren; diese Seite versucht es von selbst wieder.',
  offlineText: 'Diese Seite kommt von selbst zurück, sobald die Verbindung es tut.',
  triesAgain: seconds => `Neuer Versuch in ${seconds} s`,
  clientFailed: 'Diese Seite ist im Browser fehlgeschlagen. Was Sie gespeichert haben, ist sicher.',
  errorId: 'Fehlerkennung',
  toDashboard: 'Zum Dashboard',
  toSignIn: 'Anmelden',
};
