import type { Language } from '#contract/languages.ts';
import { type BuiltIn, type Permission, right } from '#contract/permissions.ts';
import type { ProblemCode } from '#contract/problems.ts';
import { problemTitles as germanTitles } from '#contract/words/de/problems.ts';
import { pageNames as germanPages } from '#contract/words/de/pages.ts';
import { rightGroups as germanGroups, rights as german } from '#contract/words/de/rights.ts';
import { problemTitles } from '#contract/words/en/problems.ts';
import { rightGroups } from '#contract/words/en/rights.ts';
import { pageNames } from '#contract/words/en/pages.ts';
import { language } from './say.ts';

const others: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<BuiltIn, { label: string; effect: string }>>>> = { de: german };

/** What a right is called and lets somebody do, in the reader's language; an extension's right as its file says. */
export function rightWords(permission: Permission): { label: string; effect: string } {
  const spoken = language();
  const words = spoken === 'en' ? undefined : others[spoken];
  return words && Object.hasOwn(words, permission) ? words[permission as BuiltIn] : right(permission); // its own name, just checked
}
export const rightLabel = (permission: Permission): string => rightWords(permission).label;

const titles: Readonly<Record<Language, Readonly<Record<ProblemCode, string>>>> = { en: problemTitles, de: germanTitles };
/** The sentence for a way to fail, in the reader's language. */
export const problemTitle = (code: ProblemCode): string => titles[language()][code];

const pages: Readonly<Record<Language, Readonly<Record<keyof typeof pageNames, string>>>> = { en: pageNames, de: germanPages };
/** What a page is called, in the reader's language. */
export const pageName = (path: keyof typeof pageNames): string => pages[language()][path];

const groups: Readonly<Record<Language, typeof rightGroups>> = { en: rightGroups, de: germanGroups };
/** What the group of a right is called, in the reader's language. */
export const groupName = (permission: Permission): string => groups[language()][right(permission).group];
