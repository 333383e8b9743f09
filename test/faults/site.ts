import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createClient } from 'redis';
import { inject, test as base } from 'vitest';
import type { Admin } from '#server/admins/Admin.ts';
import { Postgres } from '#server/embedded/postgres.ts';
import { Redis } from '#server/embedded/redis.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { openOrm } from '#server/platform/db/orm.ts';
import { createLog } from '#server/platform/log.ts';
import { type OpenTools, openTools } from '#server/tools.ts';
import { KEY, envFor } from '../support/app.ts';
import { FakeSlack } from '../support/counterparts/slack.ts';
import { FakeReceiver } from '../support/counterparts/webhook.ts';
import { Mailbox } from '../support/mailbox.ts';
import { furnish, someone } from '../support/people.ts';
import { Crew } from './crew.ts';

/** An installation on stores of its own that may be killed, with counterparts of its providers beside it. */
export interface Site {
  orm: MikroORM;
  opened: OpenTools;
  owner: Admin;
  slack: FakeSlack;
  receiver: FakeReceiver;
  mailbox: Mailbox;
  /** Workers that nobody has started yet. */
  crew: () => Crew;
  killRedis: () => Promise<void>;
  restartPostgres: () => Promise<void>;
  /** Ends it as a machine without power does: what it had not written to the disk is lost. */
  crashPostgres: () => Promise<void>;
}

/** An immediate shutdown: nothing is written any more, and the next start recovers from what was. */
async function crash(postgres: Postgres, dataDir: string): Promise<void> {
  const [pid] = readFileSync(`${dataDir}/postmaster.pid`, 'utf8').split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  await postgres.ended();
  await postgres.start();
}

/** Kills a Redis that keeps nothing, and starts it again: empty. */
async function killAndStart(redis: Redis): Promise<void> {
  const client = createClient({ socket: { path: redis.socket, tls: false, reconnectStrategy: false } });
  client.on('error', () => undefined); // its server is about to be killed
  await client.connect();
  const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
  process.kill(pid, 'SIGKILL');
  await redis.ended();
  client.destroy();
  await redis.start();
}

export const test = base.extend('site', { scope: 'file' }, async ({}, { onCleanup }): Promise<Site> => {
  const { dir, redis: binary } = inject('services');
  const stack = new AsyncDisposableStack();
  onCleanup(() => stack.disposeAsync());
  const where = `${dir}/f-${randomUUID().slice(0, 8)}`;
  const postgres = await new Postgres({ dataDir: `${where}-pg` }).start();
  stack.defer(() => postgres.stop());
  const redis = await new Redis(binary, `${where}-r`).start();
  stack.defer(() => redis.stop());
  const [slack, receiver, mailbox] = await Promise.all([new FakeSlack().start(), new FakeReceiver().start(), new Mailbox().start()]);
  for (const counterpart of [slack, receiver, mailbox]) stack.defer(() => counterpart.stop());

  const database = postgres.url('quarterdeck');
  await migrate(database);
  const given = { SLACK_API_URL: slack.api, ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${mailbox.port},${receiver.host}` };
  const orm = await openOrm(database);
  stack.defer(() => orm.close());
  const opened = await openTools(envFor(database, redis.url, given), createLog('silent'), 'http://127.0.0.1');
  stack.defer(() => opened.close());
  const em = orm.em.fork();
  await furnish(em);
  const env = {
    PATH: process.env['PATH'],
    NODE_ENV: 'test',
    DATABASE_URL: database,
    REDIS_URL: redis.url,
    SECRET_KEY: KEY,
    LOG_LEVEL: 'error',
    ...given,
  };
  return {
    orm,
    opened,
    owner: await someone(em, 'rules.edit', 'providers.edit'),
    slack,
    receiver,
    mailbox,
    crew: () => new Crew(env),
    killRedis: () => killAndStart(redis),
    restartPostgres: async () => {
      await postgres.stop();
      await postgres.start();
    },
    crashPostgres: () => crash(postgres, `${where}-pg`),
  };
});
