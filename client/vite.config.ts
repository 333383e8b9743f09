import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { sections } from './sections.ts';
import { version } from './version.ts';

/**
 * Whose words the pages are built with. Sources name the English ones; in another language's build `words/en/door.ts` gives way to its
 * twin `words/de/door.ts`, which has the same type, and nobody fetches the words of another language.
 */
const language = process.env['CLIENT_LANGUAGE'] ?? 'en';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    tailwindcss(),
    sveltekit({
      outDir: language === 'en' ? '.svelte-kit' : `.svelte-kit/${language}`,
      adapter: adapter({ pages: `${import.meta.dirname}/build/${language}`, fallback: '200.html', precompress: true }),
      compilerOptions: { runes: true },
      output: { bundleStrategy: 'single' },
      version: { name: version(), pollInterval: 5 * 60_000 },
    }),
    sections(),
  ],
  // The content policy allows no `data:` fonts, so nothing is inlined.
  resolve: { alias: language === 'en' ? [] : [{ find: /\/words\/en\//, replacement: `/words/${language}/` }] },
  build: { target: 'es2022', assetsInlineLimit: 0 },
});
