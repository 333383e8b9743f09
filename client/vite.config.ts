import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

/**
 * Which shared modules travel together. Left alone, each becomes a file of its own, and a page asks for forty. `base` is what
 * every page needs, the sign-in page included, so it stays small; `sheets` is set-up's too; `house` is the frame after sign-in.
 * What is imported late (menus, the palette, charts) is in none of them.
 */
const groups = [
  // Kit sets its payload (base path, version) before it loads its runtime: what its start needs must not lie in a chunk with that, or it is read too early.
  { name: 'start', test: /runtime[\\/]client[\\/]payload|vite[\\/]preload-helper/, priority: 5 },
  {
    name: 'svelte',
    test: /node_modules[\\/](svelte|esm-env|clsx)[\\/]/,
    tags: ['$initial' as const],
    entriesAware: true,
    entriesAwareMergeThreshold: 8_000,
    priority: 4,
  },
  {
    name: 'base',
    test: /lib[\\/](api|problem|clock\.svelte|theme\.svelte|session\.svelte|password|form|way-back|leave)\.ts|ui[\\/](Lamp|lamp|Message|Field|Help|PasswordField|CopyButton|toast)\.|words[\\/]en[\\/](shared|trouble)|contract[\\/]|shell[\\/](Trouble|Retry)/,
    minShareCount: 2,
    priority: 3,
  },
  {
    name: 'sheets',
    test: /ui[\\/](Sheet|Surface|surface|Stamp|Skeleton|Denied|FailureNote|NewPassword)\./,
    minShareCount: 2,
    priority: 2,
  },
  {
    name: 'house',
    test: /lib[\\/](shell|pages|live|roster|commands|keys|ui[\\/](Avatar|avatar|Menu\.|menu|Dialog|Confirm|Tabs|columns|DataTable|Pager)|words[\\/]en[\\/]house)|@lucide/,
    minShareCount: 2,
    priority: 1,
  },
];

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
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } } },
});
