import type { Heard } from '#contract/languages.ts';
import { language } from './words/en/language.ts';

/** Puts this page's language wherever something came in each. */
export function heard<T>(said: T): Heard<T>;
export function heard(said: unknown): unknown {
  if (typeof said !== 'object' || said === null) return said;
  if (Array.isArray(said)) return said.map((one: unknown) => heard(one));
  if ('en' in said && language in said) return (said as Record<string, unknown>)[language];
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, heard(value)]));
}
