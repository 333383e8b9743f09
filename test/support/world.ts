import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createClient } from 'redis';
import { inject, test as base } from 'vitest';
import { Redis } from '#server/embedded/redis.ts';
import { openOrm } from '#server/platform/db/orm.ts';
import { Mailbox } from './mailbox.ts';

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client(`${inject('services').postgres}postgres`);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * What a test file may ask for, each made when first asked for and taken away after the file:
 * `database`, the URL of a migrated database of its own; `redisUrl`, of a Redis of its own (`unix:/path`, as REDIS_URL);
 * `orm`, on that database; `redis`, a plain client on that Redis, to look with; `mailbox`, a mail server.
 */
export const test = base
  .extend('database', { scope: 'file' }, async ({}, { onCleanup }) => {
    const name = `t_${randomUUID().replaceAll('-', '')}`;
    await asOwner(`create database ${name} template template_quarterdeck strategy file_copy`);
    onCleanup(() => asOwner(`drop database ${name} with (force)`));
    return `${inject('services').postgres}${name}`;
  })
  .extend('redisUrl', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { dir, redis } = inject('services');
    const server = await new Redis(redis, `${dir}/r-${randomUUID().slice(0, 8)}`).start();
    onCleanup(() => server.stop());
    return server.url;
  })
  .extend('orm', { scope: 'file' }, async ({ database }, { onCleanup }) => {
    const orm = await openOrm(database);
    onCleanup(() => orm.close());
    return orm;
  })
  .extend('redis', { scope: 'file' }, async ({ redisUrl }, { onCleanup }) => {
    const client = createClient({ socket: { path: redisUrl.slice('unix:'.length), tls: false } });
    await client.connect();
    onCleanup(() => client.close());
    return client;
  })
  .extend('mailbox', { scope: 'file' }, async ({}, { onCleanup }) => {
    const mailbox = await new Mailbox().start();
    onCleanup(() => mailbox.stop());
    return mailbox;
  });
