import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import { type TestProjectInlineConfiguration, defineConfig } from 'vitest/config';
import { ENABLE, bringChromium, findChromium } from './support/chromium.ts';

// Tools other than Vitest read this file too (to find dead code, say): they install nothing.
const chromium = process.env.VITEST ? bringChromium(console.log) : findChromium();
if (!chromium) console.log(`Browser tests are skipped, since there is no Chromium. To run them: ${ENABLE}.`);

/** Components, in a real browser. Without one, the same files are counted as skipped, or fail where CI relies on them. */
const browser: TestProjectInlineConfiguration = chromium
  ? {
      plugins: [svelte({ configFile: false, compilerOptions: { runes: true } }), tailwindcss()],
      resolve: {
        alias: {
          '$app/navigation': path.join(import.meta.dirname, 'support/app-navigation.ts'),
          '$app/paths': path.join(import.meta.dirname, 'support/app-paths.ts'),
        },
      },
      // What components import only when it is needed Vite would find in the midst of a test, and load the page anew.
      optimizeDeps: { include: ['axe-core', 'bits-ui', 'socket.io-client', 'svelte-sonner'] },
      test: {
        name: 'browser',
        include: ['test/client/**/*.test.ts'],
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({ launchOptions: chromium }),
          instances: [{ browser: 'chromium' }],
        },
      },
    }
  : { test: { name: 'browser', include: ['test/support/no-chromium.ts'] } };

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    globalSetup: 'test/support/services.ts',
    reporters: ['default', `${import.meta.dirname}/support/closing-line.ts`],
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/{server,jobs,contract,attacks,bench}/**/*.test.ts', 'test/architecture.test.ts'],
          exclude: ['test/server/embedded/**'],
          testTimeout: 15_000,
        },
      },
      browser,
      {
        // Whole processes, started and killed: after the others and one file at a time, so that each has the machine.
        test: {
          name: 'journeys',
          include: [`test/{${chromium ? 'journeys,' : ''}faults,server/embedded}/**/*.test.ts`],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
