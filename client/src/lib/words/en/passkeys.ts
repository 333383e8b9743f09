/** What is said where somebody uses a passkey. */
export const passkeys = {
  use: 'Use a passkey',
  waits: 'Your browser asks for the passkey…',
  stopped: 'The browser gave no passkey. Try again, or use another way.',
  known: 'This device has a passkey for this account already.',
  unable: 'This browser or device cannot do this with a passkey. Use another way.',
};
