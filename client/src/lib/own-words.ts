import type { Language } from '#contract/languages.ts';
import { language } from './words/en/language.ts';

/**
 * Pages are built once for each language, and the server chooses by who asks. Whoever has just come in may read another one than
 * the browser asked for at the door: then where they go is loaded anew, and nothing is drawn before.
 * @param to where they go, on this site
 */
export async function demandOwnWords(wanted: Language, to: string): Promise<void> {
  if (wanted === language || import.meta.env.DEV) return;
  location.replace(to);
  await new Promise(() => undefined);
}
