const LEAST_TO_SHOW_AN_END = 12; // characters: of a shorter secret four would be too much

/** How a secret ends, so that its owner tells it from another one; nothing of one too short to show any. */
export const endOf = (secret: string): string => (secret.length >= LEAST_TO_SHOW_AN_END ? secret.slice(-4) : '');
