import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ pages: `${import.meta.dirname}/build`, fallback: '200.html', precompress: true }),
      compilerOptions: { runes: true },
      version: { pollInterval: 5 * 60_000 },
    }),
  ],
  // The content policy allows no `data:` fonts, so nothing is inlined.
  build: { target: 'es2022', assetsInlineLimit: 0 },
});
