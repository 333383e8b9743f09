import type { Twin } from '../twin.ts';
import type { deadLink as english } from '../en/dead-link.ts';

export const deadLink: Twin<typeof english> = {
  title: 'Einladung annehmen',
  ended: {
    accepted: at => `Diese Einladung wurde am ${at} benutzt.`,
    expired: at => `Diese Einladung lief am ${at} ab.`,
    revoked: at => `Diese Einladung wurde am ${at} widerrufen.`,
    superseded: at => `Ein neuerer Link hat diesen am ${at} ersetzt. Nehmen Sie die neueste Mail.`,
  },
  endedOtherwise: 'Diese Einladung ist nicht mehr offen.',
  from: (organisation, inviter) => `Es war eine Einladung zu ${organisation} von ${inviter}.`,
  askWhom: inviter => `Bitten Sie ${inviter} um eine neue.`,
  ask: 'Um neuen Link bitten',
  asked: inviter => `${inviter} weiß Bescheid.`,
  unknown: 'Dieser Link führt nirgendwohin. Öffnen Sie ihn noch einmal ganz aus Ihrer Mail, oder fragen Sie, wer Sie eingeladen hat.',
  haveAccount: 'Schon ein Konto?',
};
