import type { EntityManager } from '@mikro-orm/postgresql';
import type { Secrets } from '../platform/secrets.ts';
import { openLink } from './find-link.ts';
import { freeUsernames } from './free-usernames.ts';

/** @property firstName, lastName as far as they are typed; they may be empty. */
interface Wish {
  token: string;
  username: string;
  firstName: string;
  lastName: string;
}

/**
 * Whether a username is free now, and names that are where it is not. Only for the holder of an open link, whom acceptance would tell as much.
 * @throws Problem `dead_link`
 */
export async function checkUsername(
  em: EntityManager,
  { token, ...wanted }: Wish,
  secrets: Secrets,
): Promise<{ free: boolean; suggestions: string[] }> {
  await openLink(em, secrets, token);
  const taken = await em.execute<object[]>('select from admin where lower(username) = lower(?)', [wanted.username]);
  return taken.length === 0 ? { free: true, suggestions: [] } : { free: false, suggestions: await freeUsernames(em, wanted) };
}
