/** What the pages say that set a forgotten password anew. */
export const reset = {
  forgotTitle: 'Forgot your password',
  forgotText: 'Type your username or the email address of your account. A link that sets a new password goes to that address.',
  ask: 'Send the link',
  asking: 'Sending…',
  asked: (minutes: number) => `If that account exists, a link is on its way. It is good for ${minutes} minutes.`,
  noMail:
    'No mail? Look among the unwanted ones. At most three links an hour are sent. An administrator can send you one too, or set a new password at the server.',
  another: 'Ask again',
  back: 'Back to sign in',
  title: 'Choose a new password',
  opening: 'your link',
  forWhom: 'For the account',
  ends: 'All its login sessions end.',
  left: 'The link is good for',
  password: 'New password',
  again: 'New password again',
  set: 'Set the new password',
  done: 'Your new password is set, and all login sessions ended. Sign in with it; if you have a second factor, it is asked for as always.',
  dead: 'This link cannot be used any more: it works once, for 30 minutes, and only the newest one does.',
  askAnother: 'Ask for another link',
};
