/** `npm run build`: builds the client, unless what was built last was made of the same sources. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createBuilder } from 'vite';
import { version } from './version.ts';

/** Written last: a build that was cut off has none, and is made anew. */
const mark = path.join(import.meta.dirname, 'build/.made-of');

const wanted = version();
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
  rmSync(mark, { force: true });
  process.env['NODE_ENV'] = 'production';
  const builder = await createBuilder({ configFile: path.join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
  await builder.buildApp();
  writeFileSync(mark, wanted);
}
