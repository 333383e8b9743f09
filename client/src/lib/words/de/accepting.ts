import type { Twin } from '../twin.ts';
import type { accepting as english } from '../en/accepting.ts';

export const accepting: Twin<typeof english> = {
  title: 'Einladung annehmen',
  opening: 'Ihre Einladung wird geöffnet',
  invitedBefore: ' hat Sie eingeladen zu ',
  invitedAs: ' als ',
  departments: names => ` (${names.length === 1 ? 'Abteilung' : 'Abteilungen'}: ${new Intl.ListFormat('de-DE').format(names)})`,
  until: (when, left) => `Gültig bis ${when} (${left}).`,
  yourEmail: email => `Ihr Konto wird zu ${email} gehören.`,
  note: inviter => `${inviter} schreibt:`,
  username: 'Benutzername',
  usernameFixed: inviter => `${inviter} hat diesen Benutzernamen für Sie gewählt; er bleibt, wie er ist.`,
  password: 'Passwort',
  again: 'Passwort noch einmal',
  taken: 'Dieser Benutzername ist vergeben.',
  free: 'Diese sind frei:',
  changed: inviter => `${inviter} hat diese Einladung geändert, während die Seite offen war. Hier steht sie, wie sie jetzt ist.`,
  signedInAs: name => `Sie sind als ${name} angemeldet.`,
  anotherAccount: (inviter, email, organisation) =>
    `${inviter} hat ${email} zu ${organisation} eingeladen. Mit dem Annehmen entsteht ein weiteres Konto, für diese Adresse.`,
  goOnAs: name => `Weiter als ${name}`,
  signOutAndAccept: 'Abmelden und annehmen',
  linkStays: 'Der Link bleibt in jedem Fall gültig.',
  create: 'Konto anlegen',
  creating: 'Ihr Konto wird angelegt…',
};
