import type { EntityManager } from '@mikro-orm/postgresql';
import { LANGUAGES, type Language, languageOf } from '#contract/languages.ts';
import { Organisation } from './Organisation.ts';

/** The one row of what the organisation chose. */
export const organisation = (em: EntityManager): Promise<Organisation> => em.findOneOrFail(Organisation, 1);

/** Its name alone, for what is made again and again. */
export async function organisationName(em: EntityManager): Promise<string> {
  const [row] = await em.execute<{ name: string }[]>('select name from organisation where id = 1');
  if (!row) throw new Error('there is no organisation yet');
  return row.name;
}

/** The language that the organisation speaks, in which rules write and whoever chose none is spoken to. */
export async function houseLanguage(em: EntityManager): Promise<Language> {
  const [row] = await em.execute<{ language: string }[]>('select language from organisation where id = 1');
  return languageOf(row?.language) ?? LANGUAGES[0];
}
