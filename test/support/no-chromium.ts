import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENABLE } from './chromium.ts';

// Stands in for the browser tests where there is no Chromium: each file is named as skipped, and is a failure where CI relies on it.
for (const file of globSync('test/{client,journeys}/**/*.test.ts')) {
  test.skipIf(!process.env.CI)(`${file} needs Chromium: ${ENABLE}`, () => {
    expect.fail('there is no Chromium');
  });
}
