import type { Twin } from '../twin.ts';
import type { steps as english } from '../en/steps.ts';

export const steps: Twin<typeof english> = {
  verify: {
    title: 'Zweiter Faktor',
    lead: {
      app: 'Der Code, den Ihre Authenticator-App jetzt zeigt.',
      passkey: 'Bestätigen Sie mit Ihrem Passkey.',
      recovery: 'Einer der Wiederherstellungscodes, die Sie aufbewahrt haben. Jeder gilt einmal.',
    },
    code: 'Code mit 6 Ziffern',
    recoveryCode: 'Wiederherstellungscode',
    others: 'Oder',
    switchTo: { app: 'App benutzen', passkey: 'Passkey benutzen', recovery: 'Wiederherstellungscode benutzen' },
    go: 'Anmelden',
    clock: 'Zwei Codes in Folge stimmten nicht: Prüfen Sie, ob sich die Uhr Ihres Telefons selbst stellt.',
    lost: 'Verloren? Bitten Sie einen Administrator, ihn zurückzusetzen.',
    signOut: 'Abmelden',
  },
  enrol: {
    title: 'Zweiten Faktor einrichten',
    demanded: 'Ihre Rolle verlangt einen zweiten Faktor. Richten Sie einen ein, um weiterzukommen.',
  },
  newPassword: {
    title: 'Neues Passwort wählen',
    lead: 'Das Passwort, mit dem Sie sich angemeldet haben, hat jemand anders gewählt. Setzen Sie eines, das nur Sie kennen.',
    password: 'Neues Passwort',
    again: 'Neues Passwort noch einmal',
    set: 'Passwort setzen',
    setting: 'Wird gesetzt…',
  },
};
