import type { Twin } from '../twin.ts';
import type { kiosk as english } from '../en/kiosk.ts';

export const kiosk: Twin<typeof english> = {
  signedIn: (name, until) => `Angemeldet als ${name} bis ${until}. Escape führt zurück.`,
  down: time => `Live-Aktualisierung unterbrochen. Die Zahlen sind von ${time}.`,
  signedOut: 'Abgemeldet',
  signInAgain: 'Anmelden',
  states: { live: 'Live', connecting: 'Verbindet', held: 'Stockt', down: 'Verbindet neu', polling: 'Liest alle 10 s' },
};
