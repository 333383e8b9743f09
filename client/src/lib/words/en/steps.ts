/** What the pages say between the password and being signed in. */
export const steps = {
  verify: {
    title: 'Second factor',
    lead: {
      app: 'The code that your authenticator app shows now.',
      passkey: 'Confirm with your passkey.',
      recovery: 'One of the recovery codes that you saved. Each works once.',
    },
    code: '6-digit code',
    recoveryCode: 'Recovery code',
    others: 'Or',
    switchTo: { app: 'Use the app', passkey: 'Use a passkey', recovery: 'Use a recovery code' },
    go: 'Sign in',
    clock: 'Two codes in a row were wrong: check that the clock of your telephone sets itself.',
    lost: 'Lost it? Ask an administrator to reset it.',
    signOut: 'Sign out',
  },
  enrol: {
    title: 'Set up a second factor',
    demanded: 'Your role asks for a second factor. Set one up to go on.',
  },
  newPassword: {
    title: 'Choose a new password',
    lead: 'Somebody else chose the password you signed in with. Set one that only you know.',
    password: 'New password',
    again: 'New password again',
    set: 'Set password',
    setting: 'Setting…',
  },
};
