import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { sections } from './sections.ts';

/** Named by what it is made of: built again from the same sources, it is no new version to the pages that are open, and their files are still in the cache. */
function version(): string {
  const hash = createHash('sha256');
  const cwd = path.join(import.meta.dirname, '..');
  const sources = globSync(['client/{src,static}/**', 'client/*.ts', 'contract/**', 'package-lock.json'], { cwd, withFileTypes: true });
  const files = sources.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(path.relative(cwd, file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ pages: `${import.meta.dirname}/build`, fallback: '200.html', precompress: true }),
      compilerOptions: { runes: true },
      output: { bundleStrategy: 'single' },
      version: { name: version(), pollInterval: 5 * 60_000 },
    }),
    sections(),
  ],
  // The content policy allows no `data:` fonts, so nothing is inlined.
  build: { target: 'es2022', assetsInlineLimit: 0 },
});
