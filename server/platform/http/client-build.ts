import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';

const CLIENT = path.join(import.meta.dirname, '../../../client');
const NODES = '.svelte-kit/generated/build/client-optimized/nodes';

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.array(z.string()).default([]), css: z.array(z.string()).default([]) }),
);
type Manifest = z.infer<typeof manifestSchema>;
/** Route → the leaf's node, its layouts' nodes (a hole where a layout is reset), its error pages. */
const dictionarySchema = z.record(z.string(), z.tuple([z.int(), z.array(z.int().nullable()).default([])]).rest(z.unknown()));

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
  directory: string;
  /** The shell that every page address answers with. */
  html: string;
  pages: Page[];
}

function filesOf(manifest: Manifest, nodes: readonly (number | null)[]): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const walk = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...chunk.css]) files.add(file);
    chunk.imports.forEach(walk);
  };
  for (const node of nodes) if (node !== null) walk(`${NODES}/${node}.js`);
  return [...files];
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|\\]/g, '\\$&');
/** `/(house)/staff/[id]` matches `/staff/…`: groups are not part of the address. */
function patternOf(route: string): RegExp {
  const parts = route.split('/').filter(part => part !== '' && !/^\(.*\)$/.test(part));
  return new RegExp(`^/${parts.map(part => (/^\[.*\]$/.test(part) ? '[^/]+' : escape(part))).join('/')}$`);
}

const link = (file: string): string =>
  file.endsWith('.css') ? `<link href="/${file}" rel="stylesheet">` : `<link href="/${file}" rel="modulepreload">`;

/** Kit writes its routes as a module of JavaScript whose keys are quoted and whose holes are empty places. */
function dictionaryOf(source: string): z.infer<typeof dictionarySchema> {
  const text = /dictionary = (\{[\s\S]*?\});/.exec(source)?.[1] ?? '{}';
  return dictionarySchema.parse(JSON.parse(text.replaceAll(/(?<=[[,])\s*(?=,)/g, 'null')));
}

/**
 * Reads what the build knows: which pages there are, and which files each needs. Told in the HTML, a browser fetches them at once
 * instead of finding one after another.
 * @throws Refusal when the client was not built
 */
export async function readClientBuild(): Promise<ClientBuild> {
  try {
    const [html, manifestText, app] = await Promise.all([
      readFile(path.join(CLIENT, 'build/200.html'), 'utf8'),
      readFile(path.join(CLIENT, '.svelte-kit/output/client/.vite/manifest.json'), 'utf8'),
      readFile(path.join(CLIENT, '.svelte-kit/generated/build/client-optimized/app.js'), 'utf8'),
    ]);
    const manifest = manifestSchema.parse(JSON.parse(manifestText));
    const pages = Object.entries(dictionaryOf(app))
      .filter(([route]) => !route.includes('[...'))
      .map(([route, [leaf, layouts]]) => ({
        route,
        pattern: patternOf(route),
        preloads: filesOf(manifest, [...layouts, leaf])
          .filter(file => !html.includes(file))
          .map(link)
          .join(''),
      }));
    return { directory: path.join(CLIENT, 'build'), html, pages };
  } catch (cause) {
    throw new Refusal('The client is not built. Run `npm run build` first, or start with `npm start`, which does so.', { cause });
  }
}
