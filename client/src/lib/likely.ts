/** How much of one text is found in another, 0 to 1: the share of its pairs of letters (Dice's coefficient, so that typos count little). */
function likeness(a: string, b: string): number {
  const pairs = (text: string) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
  const [some, others] = [pairs(a.toLowerCase()), pairs(b.toLowerCase())];
  if (some.size === 0 || others.size === 0) return b.toLowerCase().includes(a.toLowerCase()) ? 1 : 0;
  return (2 * [...some].filter(pair => others.has(pair)).length) / (some.size + others.size);
}

/**
 * The pages most like what was meant, the likeliest first.
 * @param meant a mistyped address, such as `/stafff/12`, or words; an address always gets some pages, words only those like them
 */
export function likely<P extends { href: string; name: string }>(places: readonly P[], meant: string, most: number): P[] {
  const [first = ''] = meant.split('/').filter(Boolean);
  const ranked = places
    .map(place => ({ place, like: Math.max(likeness(first, place.href.slice(1)), likeness(first, place.name)) }))
    .sort((a, b) => b.like - a.like);
  return (meant.startsWith('/') ? ranked : ranked.filter(({ like }) => like > 0)).slice(0, most).map(({ place }) => place);
}
