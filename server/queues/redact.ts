const SECRET = /pass(word|phrase)?|secret|token|authorization|cookie|credential|api.?key|^key$/i;
const LONGEST = 4000; // characters
const DEEPEST = 8;

function without(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return '…';
  if (Array.isArray(value)) return value.map(one => without(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, SECRET.test(name) ? '[secret]' : without(inner, depth + 1)]),
  );
}

/** What a job carries, as JSON for people. Ours carry ids alone; whatever sounds like a secret is taken out all the same. */
export const redacted = (payload: unknown): string => (JSON.stringify(without(payload, 0), null, 2) ?? 'null').slice(0, LONGEST);
