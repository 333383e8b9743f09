import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { LANGUAGES, type Language } from '#contract/languages.ts';

const CLIENT = path.join(import.meta.dirname, '../../client');
/** Where Vite leaves what it knows of the build of a language. */
const besideOf = (language: Language): string => path.join(CLIENT, '.svelte-kit', language === 'en' ? '' : language, 'output/client/.vite');
const chunkSchema = z.object({
  file: z.string(),
  imports: z.array(z.string()).default([]),
  dynamicImports: z.array(z.string()).default([]),
});
const manifestSchema = z.record(z.string(), chunkSchema);
const read = (language: Language, file: string): unknown => JSON.parse(readFileSync(path.join(besideOf(language), file), 'utf8'));

/** The built client as a browser meets it. Sizes are bytes of the Brotli files that the build made. */
export class Build {
  /** Route → the files of its first load. */
  readonly routes: Readonly<Record<string, string[]>>;
  readonly #chunks: [string, z.infer<typeof chunkSchema>][];
  readonly #byFile: ReadonlyMap<string, z.infer<typeof chunkSchema>>;
  readonly #byKey: ReadonlyMap<string, z.infer<typeof chunkSchema>>;

  constructor(language: Language) {
    this.routes = z.record(z.string(), z.array(z.string())).parse(read(language, 'routes.json'));
    this.#chunks = Object.entries(manifestSchema.parse(read(language, 'manifest.json')));
    this.#byFile = new Map(this.#chunks.map(([, chunk]) => [chunk.file, chunk]));
    this.#byKey = new Map(this.#chunks);
  }

  /** What a file imports at once, and what it imports late. */
  #importsOf(file: string): { atOnce: string[]; late: string[] } {
    const { imports = [], dynamicImports = [] } = this.#byFile.get(file) ?? {};
    const files = (keys: string[]) => keys.flatMap(key => this.#byKey.get(key)?.file ?? []);
    return { atOnce: files(imports), late: files(dynamicImports) };
  }

  /** These scripts and all that come with them. */
  withImports(files: readonly string[], found = new Set<string>()): Set<string> {
    for (const file of files) {
      if (found.has(file)) continue;
      found.add(file);
      this.withImports(this.#importsOf(file).atOnce, found);
    }
    return found;
  }

  /** What these scripts may ask for later, with all that comes with it, other sections aside. */
  later(files: Iterable<string>): string[] {
    const first = new Set(files);
    const sections = new Set(Object.values(this.routes).flat());
    const late = [...first].flatMap(file => this.#importsOf(file).late).filter(file => !sections.has(file));
    return [...this.withImports(late)].filter(file => !first.has(file));
  }

  /** Every script of the build. */
  get scripts(): string[] {
    return [...this.#byFile.keys()].filter(file => file.endsWith('.js'));
  }

  /** The file that a module of this name became the start of. */
  fileOf(module: RegExp): string[] {
    return this.#chunks.filter(([key]) => module.test(key)).map(([, { file }]) => file);
  }
}

/** Files are named by what is in them: whichever build has one of that name has that one. */
function placeOf(file: string): string {
  const places = LANGUAGES.map(language => path.join(CLIENT, 'build', language, file));
  return places.find(place => existsSync(place)) ?? places[0] ?? file;
}

/** Bytes on the wire. Fonts are compressed as they are. */
export const bytesOf = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + statSync(placeOf(file.endsWith('.woff2') ? file : `${file}.br`)).size, 0);

export const scriptsOf = (files: Iterable<string>): string[] => [...files].filter(file => file.endsWith('.js'));
export const stylesOf = (files: Iterable<string>): string[] => [...files].filter(file => file.endsWith('.css'));
