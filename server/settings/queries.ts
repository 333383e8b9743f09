import type { EntityManager } from '@mikro-orm/postgresql';
import { Organisation } from './Organisation.ts';

/** The one row of what the organisation chose. */
export const organisation = (em: EntityManager): Promise<Organisation> => em.findOneOrFail(Organisation, 1);

/** Its name alone, for what is made again and again. */
export async function organisationName(em: EntityManager): Promise<string> {
  const [row] = await em.execute<{ name: string }[]>('select name from organisation where id = 1');
  if (!row) throw new Error('there is no organisation yet');
  return row.name;
}
