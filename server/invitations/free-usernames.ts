import type { EntityManager } from '@mikro-orm/postgresql';
import { USERNAME } from '#contract/accounts.ts';

const SUGGESTED = 2;
const LONGEST = 32;
/** How many of each kind are looked up: among so many some are free, or none is worth showing. */
const NUMBERS = Array.from({ length: 20 }, (_, i) => String(i + 2));

/** Letters and digits of A to Z alone: accents go, other letters too. */
const plain = (words: string): string => words.normalize('NFD').replaceAll(/[^A-Za-z0-9]/g, '');

/** Names like the one that is taken, nearest first: from the person's own names, then with a number behind. */
function likeUsernames({ username = '', firstName, lastName }: Wanted): string[] {
  const [first, last] = [plain(firstName).toLowerCase(), plain(lastName).toLowerCase()];
  const own = [`${first}${last}`, `${first.slice(0, 1)}${last}`, `${first}${last.slice(0, 1)}`, `${last}${first}`];
  const numbered = NUMBERS.map(number => `${username.slice(0, LONGEST - number.length)}${number}`);
  const taken = username.toLowerCase();
  return [...new Set([...own, ...numbered])].filter(name => USERNAME.test(name) && name.toLowerCase() !== taken);
}

interface Wanted {
  username?: string | undefined;
  firstName: string;
  lastName: string;
}

/** Two usernames that are free now, for somebody whose first choice is taken. Whether they still are is seen at acceptance. */
export async function freeUsernames(em: EntityManager, wanted: Wanted): Promise<string[]> {
  const names = likeUsernames(wanted);
  if (names.length === 0) return [];
  const taken = await em.execute<{ username: string }[]>('select lower(username) as username from admin where lower(username) in (?)', [
    names.map(name => name.toLowerCase()),
  ]);
  const gone = new Set(taken.map(({ username }) => username));
  return names.filter(name => !gone.has(name.toLowerCase())).slice(0, SUGGESTED);
}
