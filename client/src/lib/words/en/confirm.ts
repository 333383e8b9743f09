/** What the dialog says that asks for a proof of who it is. */
export const confirm = {
  title: 'Confirm it is you',
  why: 'What comes next concerns other people’s access or your own. Show that it is still you; it holds for ten minutes.',
  password: 'Your password',
  confirm: 'Confirm',
  checking: 'Checking…',
  tooMany: 'Too many tries. Try again in',
};
