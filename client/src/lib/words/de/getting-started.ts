import type { Twin } from '../twin.ts';
import type { gettingStarted as english } from '../en/getting-started.ts';

export const gettingStarted: Twin<typeof english> = {
  title: firstName => `Erste Schritte, ${firstName}`,
  photo: { name: 'Bild wählen', text: 'Steht überall, wo Sie genannt werden.' },
  departments: { name: 'Benachrichtigungen der Abteilungen', text: 'Von wessen Tickets Sie erfahren.' },
  signature: { name: 'Signatur schreiben', text: 'Steht unter dem, was Sie senden.' },
  shortcuts: { name: 'Kürzel aus einer Taste', text: 'An oder aus; ? listet sie auf jeder Seite.' },
  putAway: 'Weglegen',
};
