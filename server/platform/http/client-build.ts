import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { LANGUAGES, type Language } from '#contract/languages.ts';
import { Refusal } from '../refusal.ts';
import { type Files, holdFiles } from './files.ts';

const CLIENT = path.join(import.meta.dirname, '../../../client');
/** Route → the files of its first load; the build writes it (`client/sections.ts`). */
const filesSchema = z.record(z.string(), z.array(z.string()));

/** Where the client lies that speaks a language, and what its build knows of itself. */
const built = (language: Language): string => path.join(CLIENT, 'build', language);
const knowledge = (language: Language): string =>
  path.join(CLIENT, '.svelte-kit', language === 'en' ? '' : language, 'output/client/.vite/routes.json');

/** A page of the built client. */
export interface Page {
  /** Matches its addresses. */
  pattern: RegExp;
  /** Its route, such as `/(house)/dashboard`; a route that catches all the rest is no page. */
  route: string;
  /** Link elements for the files that only this page needs. */
  preloads: string;
}
export interface ClientBuild {
  files: Files;
  /** The shell that every page address answers with. */
  html: string;
  pages: Page[];
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|\\]/g, '\\$&');
/** `/(house)/staff/[id]` matches `/staff/…`: groups are not part of the address. */
function patternOf(route: string): RegExp {
  const parts = route.split('/').filter(part => part !== '' && !/^\(.*\)$/.test(part));
  return new RegExp(`^/${parts.map(part => (/^\[.*\]$/.test(part) ? '[^/]+' : escape(part))).join('/')}$`);
}

const link = (file: string): string =>
  file.endsWith('.css') ? `<link href="/${file}" rel="stylesheet">` : `<link href="/${file}" rel="modulepreload">`;

/**
 * Reads what the build knows: which pages there are, and which files each needs. Told in the HTML, a browser fetches them at once
 * instead of finding one after another.
 * @throws Refusal when the client was not built
 */
async function readBuild(language: Language): Promise<ClientBuild> {
  try {
    const [shell, sections, files] = await Promise.all([
      readFile(path.join(built(language), '200.html'), 'utf8'),
      readFile(knowledge(language), 'utf8'),
      holdFiles(built(language)),
    ]);
    const html = shell.replace('<html lang="en">', `<html lang="${language}">`);
    const pages = Object.entries(filesSchema.parse(JSON.parse(sections)))
      .filter(([route]) => !route.includes('[...'))
      .map(([route, needed]) => ({
        route,
        pattern: patternOf(route),
        preloads: needed
          .filter(file => !html.includes(file))
          .map(link)
          .join(''),
      }));
    return { files, html, pages };
  } catch (cause) {
    throw new Refusal('The client is not built. Run `npm run build` first, or start with `npm start`, which does so.', { cause });
  }
}

/** The client in each language: the pages are built once for each, so that nobody fetches the words of another. @throws Refusal when it was not built */
export const readClientBuilds = async (): Promise<Readonly<Record<Language, ClientBuild>>> => {
  const [en, de] = await Promise.all([readBuild(LANGUAGES[0]), readBuild(LANGUAGES[1])]);
  return { en, de };
};
