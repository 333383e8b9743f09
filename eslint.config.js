import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

export default defineConfig(
  { ignores: ['**/node_modules', 'client/.svelte-kit', 'client/build', '.data'] },
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  // Tests of the client see the DOM and Svelte components, which only the client's own TypeScript project knows.
  { files: ['test/client/**'], languageOptions: { parserOptions: { projectService: false, project: 'client/tsconfig.json' } } },
  // Vitest reads which fixtures a test wants from its first parameter, which must be destructured even when it wants none.
  { files: ['test/**'], rules: { 'no-empty-pattern': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] },
);
