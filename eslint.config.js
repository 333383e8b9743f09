import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

export default defineConfig(
  { ignores: ['**/node_modules', 'client/.svelte-kit', 'client/build', '.data'] },
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  // Where components are read or imported the linter would build the whole program of types anew for each file, which takes minutes
  // and gigabytes. Their types are held by svelte-check.
  {
    files: ['**/*.svelte', '**/*.svelte.ts', 'test/client/**'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { parserOptions: { parser: ts.parser, projectService: false } },
  },
  // Vitest reads which fixtures a test wants from its first parameter, which must be destructured even when it wants none.
  { files: ['test/**'], rules: { 'no-empty-pattern': 'off' } },
  // Node's own runner waits for the tests that a file names.
  {
    files: ['extensions/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: 'test', package: 'node:test' }] },
      ],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] },
);
