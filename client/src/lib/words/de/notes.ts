import type { Twin } from '../twin.ts';
import type { notes as english } from '../en/notes.ts';

export const notes: Twin<typeof english> = {
  title: 'Meine Notizen',
  placeholder: 'Schreiben Sie, was Sie wollen. Es wird beim Tippen gespeichert, und niemand sonst sieht es.',
  states: { saved: 'Gespeichert', typing: 'Noch nicht gespeichert', saving: 'Wird gespeichert…', failed: 'Nicht gespeichert' },
  notSaved: why => `Nicht gespeichert: ${why} Es wird wieder versucht.`,
  conflict: 'Diese Notizen wurden in einem anderen Fenster geändert.',
  takeTheirs: 'Zeigen, was dort steht',
  keepMine: 'Meine darüber speichern',
};
