/** What is said of an invitation’s link that leads in no more. */
export const deadLink = {
  title: 'Accept invitation',
  ended: {
    accepted: (at: string) => `This invitation was used on ${at}.`,
    expired: (at: string) => `This invitation expired on ${at}.`,
    revoked: (at: string) => `This invitation was revoked on ${at}.`,
    superseded: (at: string) => `A newer link replaced this one on ${at}. Use the latest mail.`,
  } as Record<string, (at: string) => string>,
  endedOtherwise: 'This invitation is no longer open.',
  from: (organisation: string, inviter: string) => `It was an invitation to ${organisation} from ${inviter}.`,
  askWhom: (inviter: string) => `Ask ${inviter} for a new one.`,
  ask: 'Ask for a new link',
  asked: (inviter: string) => `${inviter} has been told.`,
  unknown: 'This link does not lead anywhere. Open it again from your mail, whole, or ask whoever invited you.',
  haveAccount: 'Have an account already?',
};
