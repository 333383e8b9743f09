import type { Twin } from '../twin.ts';
import type { setup as english } from '../en/setup.ts';

export const setup: Twin<typeof english> = {
  title: 'Quarterdeck einrichten',
  steps: { checks: 'Prüfungen', you: 'Sie', organisation: 'Organisation', factor: 'Zweiter Faktor', mail: 'Mail', done: 'Fertig' },
  checksText: 'Worauf Quarterdeck steht, so wie es gerade ist.',
  checkAgain: 'Noch einmal prüfen',
  checksBad: 'Etwas geht noch nicht. Sie können weitermachen, aber beheben Sie es bald: Jede Zeile sagt wie.',
  states: { ok: 'in Ordnung', warn: 'Warnung', bad: 'fehlgeschlagen' },
  next: 'Weiter',
  back: 'Zurück',
  youText: 'Das erste Konto. Es darf alles und kann alle anderen einladen.',
  email: 'E-Mail',
  organisationText: 'Steht auf der Anmeldeseite und in jeder Mail.',
  organisationName: 'Name der Organisation',
  timeZone: 'Zeitzone',
  timeZoneHelp: 'Zeiten in Mails und Protokollen; alle können für das, was sie sehen, eine eigene wählen.',
  language: 'Sprache',
  languageHelp: 'Für Mails und Nachrichten, und für alle, die keine eigene gewählt haben.',
  create: 'Konto anlegen und Einrichtung abschließen',
  creating: 'Wird eingerichtet…',
  factorText: 'Das erste Konto darf alles; es sollte nicht an einem Passwort allein hängen.',
  factorLater: days => `Später, binnen ${days === 1 ? 'eines Tages' : `${days} Tagen`}`,
  factorSkip: 'Später',
  mailText:
    'Einladungen und Mitteilungen gehen per Mail hinaus. Ohne Server werden Mails in Quarterdeck verwahrt, wo Full Administrators sie lesen können.',
  mailSave: 'Testen und speichern',
  mailSkip: 'Vorerst überspringen',
  mailSaved: 'Der Mailserver hat den Test angenommen. Von nun an gehen Mails hinaus.',
  doneText: organisation => `${organisation} ist eingerichtet, und Sie sind angemeldet. Drei Dinge, die jetzt anstehen:`,
  next1: 'Kolleginnen und Kollegen einladen',
  next2: 'Dashboard öffnen',
  next3: 'Benachrichtigungen einrichten',
  closed: 'Die Einrichtung ist abgeschlossen: Jemand hat sie beendet.',
  badLink:
    'Dieser Link ist nicht der richtige, oder er ist nicht vollständig. Öffnen Sie ihn so, wie er beim Start von Quarterdeck ausgegeben wurde; ein neuer Start gibt ihn wieder aus.',
};
