/** The serving half alone, on stores that are given: what one of several machines runs. */
import { readEnv } from '#server/env.ts';
import { createLog } from '#server/platform/log.ts';
import { startServer } from '#server/serve.ts';

const { databaseUrl, redisUrl, secretKey, ...env } = readEnv(process.env);
if (!databaseUrl || !redisUrl || !secretKey) throw new Error('DATABASE_URL, REDIS_URL and SECRET_KEY must be set.');
const server = await startServer({ env: { ...env, databaseUrl, redisUrl, secretKey }, log: createLog(env.logLevel), dev: false });
process.once('SIGTERM', () => void server.stop());
process.stdout.write(`Quarterdeck serves on ${server.url}\n`);
