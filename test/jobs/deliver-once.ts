import { readEnv } from '#server/env.ts';
import { deliver } from '#server/notifications/deliver.ts';
import { createLog } from '#server/platform/log.ts';
import { openTools } from '#server/tools.ts';

/** A worker with one delivery, which it is named by its first argument: a process that a test may kill in the middle. */
const { databaseUrl, redisUrl, secretKey, ...env } = readEnv(process.env);
if (databaseUrl === undefined || redisUrl === undefined || secretKey === undefined) throw new Error('no stores were named');
const opened = await openTools({ ...env, databaseUrl, redisUrl, secretKey }, createLog('silent'), 'http://127.0.0.1');
await deliver(opened.tools.orm.em.fork(), opened.tools, process.argv[2] ?? '', []);
await opened.close();
