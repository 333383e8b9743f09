import { readFileSync } from 'node:fs';
import type { CompleteEnv } from './env.ts';
import { openOrm } from './platform/db/orm.ts';
import { Broadcast } from './platform/live/broadcast.ts';
import { endsWithin } from './platform/ends-within.ts';
import type { Log } from './platform/log.ts';
import { Outbound } from './platform/outbound.ts';
import { Producer } from './platform/queue.ts';
import { connections } from './platform/redis.ts';
import { Secrets } from './platform/secrets.ts';
import type { Tools } from './platform/tools.ts';

/** How long a Redis that stands still may hold up our end, in ms. */
const PATIENCE = 2000;
const SLACK = 'https://slack.com/api/';
const GRAVATAR = 'https://secure.gravatar.com/avatar/';
const { version } = JSON.parse(readFileSync(`${import.meta.dirname}/../package.json`, 'utf8')) as { version: string };

/** The tools of one process, and BullMQ's connection for those that work. */
export interface OpenTools {
  tools: Tools;
  /** Waits for Redis to come back; for workers. */
  consumer: Awaited<ReturnType<typeof connections>>['consumer'];
  close(): Promise<void>;
}

/** Opens what every process needs, server or worker; all of it is closed again when one fails to open. */
export async function openTools(env: CompleteEnv, log: Log, baseUrl: string): Promise<OpenTools> {
  await using stack = new AsyncDisposableStack();
  const orm = await openOrm(env.databaseUrl);
  stack.defer(() => orm.close());
  const redis = await connections(env.redisUrl, log);
  stack.defer(() => redis.close());
  const broadcast = new Broadcast(redis.live, { log });
  const producer = new Producer(redis.producer);
  stack.defer(async () => void (await endsWithin(PATIENCE, Promise.all([producer.close(), broadcast.flush()]))));
  const outbound = new Outbound({
    allowedPrivateHosts: env.allowedPrivateHosts,
    operatorUrls: [env.smtpUrl, env.slackApiUrl, env.gravatarUrl],
  });
  const tools: Tools = {
    orm,
    redis: redis.live,
    broadcast,
    producer,
    outbound,
    secrets: new Secrets(env.secretKey, env.secretKeysPrevious),
    log,
    baseUrl,
    dataDir: env.dataDir,
    version,
    smtpUrl: env.smtpUrl,
    slackApiUrl: env.slackApiUrl ?? SLACK,
    gravatarUrl: env.gravatarUrl ?? GRAVATAR,
  };
  const opened = stack.move(); // the caller's from here on
  return { tools, consumer: redis.consumer, close: () => opened.disposeAsync() };
}
