import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { sections } from './sections.ts';
import { version } from './version.ts';

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
