/** What the page says on which an invitation is accepted. */
export const accepting = {
  title: 'Accept invitation',
  opening: 'Opening your invitation',
  invitedBefore: ' invited you to ',
  invitedAs: ' as ',
  departments: (names: string[]) =>
    ` (${names.length === 1 ? 'department' : 'departments'}: ${new Intl.ListFormat('en-GB').format(names)})`,
  until: (when: string, left: string) => `Good until ${when} (${left}).`,
  yourEmail: (email: string) => `Your account will belong to ${email}.`,
  note: (inviter: string) => `${inviter} writes:`,
  username: 'Username',
  usernameFixed: (inviter: string) => `${inviter} chose this username for you; it cannot be changed.`,
  password: 'Password',
  again: 'Password again',
  taken: 'This username is taken.',
  free: 'These are free:',
  changed: (inviter: string) => `${inviter} changed this invitation while the page was open. It reads as it is now.`,
  signedInAs: (name: string) => `You are signed in as ${name}.`,
  anotherAccount: (inviter: string, email: string, organisation: string) =>
    `${inviter} invited ${email} to ${organisation}. Accepting makes another account, for that address.`,
  goOnAs: (name: string) => `Go on as ${name}`,
  signOutAndAccept: 'Sign out and accept',
  linkStays: 'The link stays good either way.',
  create: 'Create Account',
  creating: 'Creating your account…',
};
