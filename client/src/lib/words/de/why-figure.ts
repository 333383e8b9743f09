import type { Twin } from '../twin.ts';
import type { whyFigure as english } from '../en/why-figure.ts';

const every = (n: number): string =>
  n % 60 === 0 ? (n === 60 ? 'jede Minute' : `alle ${n / 60} Minuten`) : n === 1 ? 'jede Sekunde' : `alle ${n} Sekunden`;

export const whyFigure: Twin<typeof english> = {
  title: title => `Woher ${title} kommt`,
  source: 'Was sie zeigt',
  schedule: 'Wann sie neu geladen wird',
  every: n => `Immer, wenn etwas geschieht, wovon sie abhängt, und mindestens ${every(n)}.`,
  onEvents: 'Immer, wenn etwas geschieht, wovon sie abhängt.',
  live: 'Sie wird aus der Live-Verbindung gezeichnet, Augenblick für Augenblick.',
  built: 'Die Zahlen sind von',
  never: 'Nie geladen.',
  failed: 'Letzter Versuch',
  failedAt: (time, reason) => `Fehlgeschlagen am ${time}: ${reason}`,
  since: 'Schlägt fehl seit',
  needs: 'Wer sie sieht',
  needsRight: label => `Alle mit ${label}`,
  version: 'Version',
};
