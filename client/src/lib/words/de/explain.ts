import type { Twin } from '../twin.ts';
import type { explain as english } from '../en/explain.ts';

export const explain: Twin<typeof english> = {
  title: 'Erklären',
  lead: 'Warum kann jemand etwas sehen oder tun, oder warum nicht? Die Antwort kommt aus denselben Rollen, die auch die Türen fragen.',
  person: 'Person',
  somebody: 'Jemand anders',
  myself: 'Nach mir fragen',
  thing: 'Was',
  choose: 'Seite, Kachel, Berechtigung oder Route wählen…',
  choice: (label, what) => `${label} (${what})`,
  groups: { pages: 'Seiten', widgets: 'Kacheln', rights: 'Berechtigungen', routes: 'Routen der API' },
  may: 'Ja',
  mayNot: 'Nein',
  has: name => `${name} hat:`,
  noRole: 'keine Rolle',
  needs: label => `${label} verlangt`,
  needsNothing: 'Es verlangt keine Berechtigung.',
  everything: role => `${role} hat jede Berechtigung.`,
  grants: role => `${role} gewährt`,
  bringing: ', das mit sich bringt: ',
  canChange: people => `Das ändern: ${new Intl.ListFormat('de-DE', { type: 'disjunction' }).format(people)}.`,
  openAccount: name => `Konto von ${name} öffnen`,
};
