import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { migrate } from '#server/platform/db/migrate.ts';

test('of several processes that migrate an absent database at once, each migration is run by one', async () => {
  const url = `${inject('services').postgres}m_${randomUUID().slice(0, 8)}`;
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
  const migrations = readdirSync('migrations').filter(file => file.endsWith('.ts')).length;
  expect(applied.reduce((sum, count) => sum + count, 0)).toBe(migrations);
  expect(await migrate(url)).toBe(0);
});

test('a database that cannot be reached is said in one line, without its password', async () => {
  await expect(migrate('postgresql://someone:hunter2@127.0.0.1:1/quarterdeck')).rejects.toThrow(
    /^The database cannot be opened: (?!.*hunter2).*127\.0\.0\.1:1.*Check DATABASE_URL\.$/,
  );
});
