import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { expect, inject, onTestFinished, test } from 'vitest';
import { migrate } from '#server/platform/db/migrate.ts';
import { openOrm } from '#server/platform/db/orm.ts';

test('of several processes that migrate an absent database at once, each migration is run by one', async () => {
  const url = `${inject('services').postgres}m_${randomUUID().slice(0, 8)}`;
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
  const migrations = readdirSync('migrations').filter(file => file.endsWith('.ts')).length;
  expect(applied.reduce((sum, count) => sum + count, 0)).toBe(migrations);
  expect(await migrate(url)).toBe(0);
});

test('a rule of before several targets keeps the one it had, there and back', async () => {
  const orm = await openOrm(`${inject('services').postgres}m_${randomUUID().slice(0, 8)}`);
  onTestFinished(() => orm.close());
  await orm.schema.ensureDatabase({ create: false });
  await orm.migrator.up({ to: 'Migration20261125195541_organisation_language' });
  const em = orm.em.fork();
  const old = { provider: 'slack', target: { channel: 'C000007' }, target_label: '#channel-7' };
  await em.transactional(async em => {
    await em.execute(`set local session_replication_role = replica`); // the rule's owner is of no interest here
    await em.execute(
      `insert into rule (id, name, enabled, events, match, conditions, provider, target, target_label, owner_id, pacing)
       values (?, 'Orders', true, '{order.placed}', 'all', '[]', ?, ?, ?, ?, '{"quiet":null,"throttle":{"most":5,"minutes":10},"digest":null}')`,
      [randomUUID(), old.provider, JSON.stringify(old.target), old.target_label, randomUUID()],
    );
  });
  await orm.migrator.up({ to: 'Migration20261125230642_rule_targets' });
  expect(await em.execute('select targets, pacing from rule')).toEqual([
    {
      targets: [{ provider: 'slack', target: { channel: 'C000007' }, label: '#channel-7' }],
      pacing: { quiet: null, throttle: { most: 5, minutes: 10 }, digest: null },
    },
  ]);
  await orm.migrator.down({ to: 'Migration20261125195541_organisation_language' });
  expect(await em.execute('select provider, target, target_label from rule')).toEqual([old]);
});

test('a database that cannot be reached is said in one line, without its password', async () => {
  await expect(migrate('postgresql://someone:hunter2@127.0.0.1:1/quarterdeck')).rejects.toThrow(
    /^The database cannot be opened: (?!.*hunter2).*127\.0\.0\.1:1.*Check DATABASE_URL\.$/,
  );
});
