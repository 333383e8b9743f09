export type PresenceState = 'online' | 'away' | 'checking';

/** "AR" for Ana Ruiz; whole characters, also outside the basic plane. */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map(word => [...word][0]?.toUpperCase())
    .join('');
