/** `npm run build`: builds the client in each language, unless what was built last was made of the same sources. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createBuilder } from 'vite';
import { LANGUAGES } from '../contract/languages.ts';
import { version } from './version.ts';

/** Written last: a build that was cut off has none, and is made anew. */
const mark = path.join(import.meta.dirname, 'build/.made-of');

async function build(): Promise<void> {
  process.env['NODE_ENV'] = 'production';
  const builder = await createBuilder({ configFile: path.join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
  await builder.buildApp();
}

/** Each language in a process of its own, all at once: they share nothing but the sources. */
async function buildIn(language: string): Promise<void> {
  const child = spawn(process.execPath, [import.meta.filename], { stdio: 'inherit', env: { ...process.env, CLIENT_LANGUAGE: language } });
  const [code] = (await once(child, 'exit')) as [number | null]; // the event's own arguments
  if (code !== 0) throw new Error(`the client could not be built in ${language}`);
}

const wanted = version();
if (process.env['CLIENT_LANGUAGE'] !== undefined) {
  await build();
} else if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
  rmSync(mark, { force: true });
  await Promise.all(LANGUAGES.map(buildIn));
  writeFileSync(mark, wanted);
}
