import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Refusal } from './refusal.ts';

interface Options<T> {
  /** What the entries are called, such as "a widget": for the refusal. */
  what: string;
  isEntry: (value: unknown) => value is T;
  /** Files that are no entries, by their names without ending, beside those that begin with `_`. */
  except?: readonly string[];
}

const ENTRY = /^(?!_)(?!.*\.(?:d|test)\.ts$)(.+)\.(?:ts|js|mjs)$/;

/** Whether a file of that name is an entry. */
export const isEntryFile = (name: string): boolean => ENTRY.test(name);

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []; // an operator need not have a folder of their own
    throw error;
  }
}

async function defaultExport(file: string): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { default?: unknown };
    return module.default;
  } catch (cause) {
    throw new Refusal(`${file} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/**
 * Imports every file of the folders whose name does not begin with `_`. Its default export is an entry, under the id that
 * is the file's name. Where folders have the same id, the later folder wins. A folder that is not there has no entries.
 * @throws Refusal that names the file, when one is no such entry or bears another name.
 */
export async function loadDirectory<T extends { id: string }>(folders: readonly string[], options: Options<T>): Promise<Map<string, T>> {
  const { what, isEntry, except = [] } = options;
  const entries = new Map<string, T>();
  for (const folder of folders) {
    for (const file of await names(folder)) {
      const id = ENTRY.exec(file)?.[1];
      if (id === undefined || except.includes(id)) continue;
      const whole = path.join(folder, file);
      const entry = await defaultExport(whole);
      if (!isEntry(entry)) throw new Refusal(`${whole} cannot be loaded: its default export is not ${what}.`);
      if (entry.id !== id) throw new Refusal(`${whole} cannot be loaded: its id is “${entry.id}” and must be its file's name, “${id}”.`);
      entries.set(id, entry);
    }
  }
  return entries;
}
