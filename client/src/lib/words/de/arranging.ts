import type { Twin } from '../twin.ts';
import type { arranging as english } from '../en/arranging.ts';

const people = (n: number): string => `${n} ${n === 1 ? 'Person' : 'Personen'}`;
const rows = (n: number): string => `${n} ${n === 1 ? 'Zeile' : 'Zeilen'}`;
const columns = (n: number): string => `${n} ${n === 1 ? 'Spalte' : 'Spalten'}`;
const all = new Intl.ListFormat('de-DE', { type: 'conjunction' });

export const arranging: Twin<typeof english> = {
  region: 'Anordnung bearbeiten',
  help: 'Ziehen Sie eine Kachel an ihrem Griff, oder setzen Sie den Fokus darauf: Pfeiltasten bewegen sie, mit Umschalt ändern sie die Größe, Entf blendet sie aus.',
  helpPhone: 'Die Reihenfolge hier ist die Lesereihenfolge, auf jedem Bildschirm.',
  done: 'Fertig',
  undo: 'Rückgängig',
  add: 'Kacheln hinzufügen',
  reset: 'Auf Standard zurücksetzen',
  source: {
    product: () => 'Das ist die Anordnung, mit der Quarterdeck kommt. Ihre erste Änderung macht sie zu Ihrer eigenen.',
    roles: roles =>
      roles.length === 1
        ? `Das ist der Standard von ${all.format(roles)}. Ihre erste Änderung macht ihn zu Ihrer eigenen Anordnung.`
        : `Das sind die Standards von ${all.format(roles)} zusammen: Jede Kachel steht so hoch wie in der Rolle, die sie am höchsten stellt. Ihre erste Änderung macht daraus Ihre eigene Anordnung.`,
    own: () => 'Diese Anordnung ist Ihre eigene, an jedem Gerät.',
  },
  grip: title => `${title} bewegen oder in der Größe ändern`,
  corner: title => `Größe von ${title} durch Ziehen ändern`,
  earlier: 'Nach vorn',
  later: 'Nach hinten',
  up: title => `${title} nach oben`,
  down: title => `${title} nach unten`,
  hideIt: title => `${title} ausblenden`,
  wider: 'Breiter',
  narrower: 'Schmaler',
  taller: 'Höher',
  shorter: 'Niedriger',
  isAt: (title, place, of) => `${title} steht an Stelle ${place} von ${of}.`,
  isSized: (title, wide, high) => `${title} ist ${columns(wide)} breit und ${rows(high)} hoch.`,
  isHidden: title => `${title} ist ausgeblendet.`,
  undone: 'Rückgängig gemacht.',
  elsewhere: 'Ihr Dashboard wurde inzwischen in einem anderen Tab angeordnet.',
  useTheirs: 'Jenes nehmen',
  keepMine: 'Dieses behalten',
  takenBack: why => `Die Änderung wurde zurückgenommen: ${why}`,
  gallery: {
    title: 'Kacheln hinzufügen',
    search: 'Kacheln suchen',
    nothing: 'Keine Kachel heißt so.',
    add: 'Hinzufügen',
    addIt: title => `${title} hinzufügen`,
    placed: 'Auf Ihrem Dashboard',
    size: (wide, high) => `${columns(wide)}, ${rows(high)}`,
    preview: title => `Vorschau von ${title}`,
    failing: since => `Schlägt fehl seit ${since}:`,
    included: 'Mitgeliefert',
    extensions: 'Erweiterungen',
    from: file => `Aus ${file}.`,
    replaces: (file, title) => `Aus ${file}, an der Stelle der mitgelieferten Kachel „${title}“.`,
  },
  publish: {
    open: 'Als Standard veröffentlichen…',
    title: 'Dies als Standard-Dashboard veröffentlichen',
    text: 'Wer die Rolle hat und kein eigenes Dashboard angeordnet hat, sieht dieses sofort.',
    counts: (followers, keepers) =>
      `${people(followers)} ${followers === 1 ? 'nutzt' : 'nutzen'} den Standard${keepers === 0 ? '' : `; ${keepers} ${keepers === 1 ? 'hat ein eigenes und behält' : 'haben ein eigenes und behalten'} es`}`,
    by: (name, age) => `veröffentlicht von ${name}, ${age}`,
    none: 'noch kein Standard',
    publish: 'Veröffentlichen',
    publishFor: role => `Für ${role} veröffentlichen`,
    withdraw: 'Zurückziehen',
    withdrawFor: role => `Standard von ${role} zurückziehen`,
    published: role => `Für ${role} veröffentlicht.`,
    withdrawn: role => `Für ${role} zurückgezogen.`,
  },
};
