import type { EntityManager } from '@mikro-orm/postgresql';
import { Organisation } from './Organisation.ts';

/** The one row of what the organisation chose. */
export const organisation = (em: EntityManager): Promise<Organisation> => em.findOneOrFail(Organisation, 1);
