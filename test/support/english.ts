import { globSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { german as server } from '#server/words/de/all.ts';

const ROOT = path.join(import.meta.dirname, '../..');
type Words = Readonly<Record<string, unknown>>;

/** What a function of words says around what it is given. */
const around = (code: string): string[] =>
  [...code.matchAll(/(["'`])((?:\\.|(?!\1).)*)\1/gs)].flatMap(([, , text = '']) => text.split(/\$\{[^}]*\}?|\{\w+\}/));

function* textsIn(value: unknown): Generator<{ whole: string } | { part: string }> {
  if (typeof value === 'string') yield { whole: value };
  else if (typeof value === 'function') for (const part of around(value.toString())) yield { part };
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* textsIn(one);
}

/** All the words of a language: sentences, and parts of sentences. */
async function wordsOf(language: string): Promise<{ whole: Set<string>; parts: Set<string> }> {
  const [whole, parts] = [new Set<string>(), new Set<string>()];
  for (const file of globSync(`{client/src/lib,contract}/words/${language}/*.ts`, { cwd: ROOT })) {
    const words = (await import(path.join(ROOT, file))) as Words;
    for (const text of textsIn(words)) {
      if ('whole' in text) whole.add(text.whole.trim());
      else parts.add(text.part.trim());
    }
  }
  for (const text of language === 'en' ? Object.keys(server) : Object.values(server)) {
    if (/\{\w+\}/.test(text)) for (const part of text.split(/\{\w+\}/)) parts.add(part.trim());
    else whole.add(text);
  }
  return { whole, parts };
}

/** A part as long as this is nobody's name. */
const TELLING = 14;

/** What somebody wrote, or a protocol calls so: it is the same in each language. */
const AS_IT_IS: ReadonlySet<string> = new Set(['none', "You've been invited to use Northwind"]);

/** Says what of the page that is open is English, by the product's own words, where German is to be read. */
export async function englishReader(): Promise<(page: Page) => Promise<string[]>> {
  const [english, german] = [await wordsOf('en'), await wordsOf('de')];
  const known = [...german.whole, ...german.parts].join('\n');
  const sentences = new Set([...english.whole].filter(text => /[a-z]{3}/i.test(text) && !german.whole.has(text)));
  const parts = [...english.parts].filter(part => part.length >= TELLING && / /.test(part) && !known.includes(part));
  const isEnglish = (text: string): boolean => !AS_IT_IS.has(text) && (sentences.has(text) || parts.some(part => text.includes(part)));
  return async page => (await page.evaluate<string[]>(READ)).filter(isEnglish);
}

/** Collects what a page shows and what it says to those who do not see it. */
const READ = `(() => {
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('script, style, code, noscript')) texts.push(walk.currentNode.textContent);
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) texts.push(element.getAttribute(name) ?? '');
  texts.push(document.title);
  return texts.map(text => text.replaceAll(/\\s+/g, ' ').trim()).filter(Boolean);
})()`;
