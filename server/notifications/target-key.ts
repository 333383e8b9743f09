type Fields = Readonly<Record<string, unknown>>;

/** Tells targets of a provider apart whatever the order of their fields. */
export const targetKey = (target: Fields): string => JSON.stringify(Object.entries(target).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Tells targets apart also where two providers have equal ones. */
export const wayKey = ({ provider, target }: { provider: string; target: Fields }): string => `${provider} ${targetKey(target)}`;
