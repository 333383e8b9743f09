/** What the pages say that are open to people who are not signed in. */
export const door = {
  about: 'About this site',
  forStaff: (organisation: string) => `For ${organisation} staff.`,
  fresh: 'An admin area of your own, on your own machine.',
  signIn: 'Sign in',
  signInTo: (organisation: string) => `Sign in to ${organisation}`,
  login: 'Username or email',
  password: 'Password',
  keep: 'Keep me signed in on this device',
  checking: 'Checking…',
  tooManyTries: 'Too many tries. Try again in',
  tryNow: 'You can try again now.',
  thenTo: (page: string) => `After signing in you go on to ${page}.`,
  notSetUp: 'This Quarterdeck is not set up yet. Open the link that was printed when it was started.',
  forgot: 'Forgot your password?',
};
