/** What the meter says of a new password, for each strength. */
export const password = {
  strength: ['', 'Long enough. A longer one, such as a sentence, is harder to guess.', 'Hard to guess.', 'Very hard to guess.'],
} as const;
