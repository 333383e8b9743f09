/** Tells targets apart whatever the order of their fields. */
export const targetKey = (target: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(target).toSorted(([a], [b]) => (a < b ? -1 : 1)));
