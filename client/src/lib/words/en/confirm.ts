/** What the dialog says that asks for a proof of who it is. */
export const confirm = {
  title: 'Confirm it is you',
  why: 'What comes next concerns other people’s access or your own. Show that it is still you; it holds for ten minutes.',
  password: 'Your password',
  code: { app: 'Code of your authenticator app', recovery: 'Recovery code' },
  by: { password: 'Use the password', app: 'Use the app', passkey: 'Use a passkey', recovery: 'Use a recovery code' },
  confirm: 'Confirm',
  checking: 'Checking…',
  tooMany: 'Too many tries. Try again in',
};
