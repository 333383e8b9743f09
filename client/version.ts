import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Named by what it is made of: built again from the same sources, it is no new version to the pages that are open, and their files are still in the cache. */
export function version(): string {
  const hash = createHash('sha256');
  const cwd = path.join(import.meta.dirname, '..');
  const sources = globSync(['client/{src,static}/**', 'client/*.ts', 'contract/**', 'package-lock.json'], { cwd, withFileTypes: true });
  const files = sources.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(path.relative(cwd, file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
