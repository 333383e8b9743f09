import { expect, test } from 'vitest';
import { z } from 'zod';
import { uuidv7 } from '#server/platform/db/columns.ts';

test('ids of one process sort as they were made, however many fall into one millisecond', () => {
  const ids = Array.from({ length: 20_000 }, uuidv7);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of [ids[0], ids.at(-1)]) expect(z.uuidv7().safeParse(id).success).toBe(true);
});
