import { type InEach, LANGUAGES } from '#contract/languages.ts';
import { inLanguage } from './say.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** One value of two that differ in words alone: where the words differ they stand in each language. */
function merged(en: unknown, de: unknown): unknown {
  if (typeof en === 'string' && typeof de === 'string') return en === de ? en : ({ en, de } satisfies InEach);
  if (Array.isArray(en) && Array.isArray(de)) return en.map((one, at) => merged(one, de[at]));
  if (isRecord(en) && isRecord(de)) return Object.fromEntries(Object.entries(en).map(([name, value]) => [name, merged(value, de[name])]));
  return en;
}

/**
 * What is told to many at once, each of whom reads their own language: made once in each, and sent with both where they differ. Its
 * type is what a reader hears, since browsers put their language in its place on arrival (`heardIn`).
 */
export function toldInEach<T>(make: () => T): T {
  const [en, de] = LANGUAGES.map(language => inLanguage(language, make));
  return merged(en, de) as T; // as it is heard, see above
}
