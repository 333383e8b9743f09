import type { Twin } from '../twin.ts';
import type { door as english } from '../en/door.ts';

export const door: Twin<typeof english> = {
  about: 'Über diese Seite',
  forStaff: organisation => `Für das Team von ${organisation}.`,
  fresh: 'Ein eigener Verwaltungsbereich, auf der eigenen Maschine.',
  signIn: 'Anmelden',
  signInTo: organisation => `Anmelden bei ${organisation}`,
  login: 'Benutzername oder E-Mail',
  password: 'Passwort',
  keep: 'Auf diesem Gerät angemeldet bleiben',
  checking: 'Wird geprüft…',
  tooManyTries: 'Zu viele Versuche. Wieder möglich in',
  tryNow: 'Sie können es jetzt wieder versuchen.',
  thenTo: page => `Nach der Anmeldung geht es weiter zu ${page}.`,
  notSetUp: 'Dieses Quarterdeck ist noch nicht eingerichtet. Öffnen Sie den Link, der beim Start ausgegeben wurde.',
  forgot: 'Passwort vergessen?',
};
