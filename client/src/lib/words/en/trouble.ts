/** What the error pages say. */
export const trouble = {
  titles: {
    denied: 'You may not see this page',
    missing: 'There is no such page',
    gone: 'This link cannot be used any more',
    tooMany: 'Too many requests',
    unavailable: 'The server cannot answer right now',
    offline: 'You are offline',
    failed: 'Something failed',
  },
  needs: (label: string) => `You need ${label}`,
  missingHere: 'The address may be mistyped, or what stood here was deleted.',
  missingText: 'The address may be mistyped, or what stood here was deleted. Where to instead:',
  goneText: 'It was used already, or is too old. Ask whoever sent it for a new one.',
  wait: (left: string) => `Try again in ${left}.`,
  noAnswer: 'The server did not answer. Nothing was lost; this page tries again by itself.',
  offlineText: 'This page comes back by itself when the connection does.',
  triesAgain: (seconds: number) => `Trying again in ${seconds} s`,
  clientFailed: 'This page failed in the browser. What you saved is safe.',
  errorId: 'Error id',
  toDashboard: 'Go to the dashboard',
  toSignIn: 'Sign in',
};
