/** First and last name as a proposal, out of a name as somebody wrote it: “Sam Lee”, or “Lee, Sam” as address books have it. */
export function namesIn(name: string): { first: string; last: string } {
  const comma = name.indexOf(',');
  if (comma > 0) return { first: name.slice(comma + 1).trim(), last: name.slice(0, comma).trim() };
  const space = name.lastIndexOf(' ');
  return space < 0 ? { first: name, last: '' } : { first: name.slice(0, space), last: name.slice(space + 1) };
}
