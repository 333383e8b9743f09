import { readEnv } from '#server/env.ts';
import { endsWithin } from '#server/platform/ends-within.ts';
import { createLog } from '#server/platform/log.ts';
import { Refusal } from '#server/platform/refusal.ts';
import { openTools } from '#server/tools.ts';
import { startWorkers } from './_start.ts';

/** How long all of its end may take, in ms: jobs in hand have most of it; stores that are gone or stand still hold up the rest. */
const LONGEST_END = 13_000;

/** Resolves when it is to stop: by a signal, or because the process that started it is gone. */
const stopped = (): Promise<void> =>
  new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
    process.on('disconnect', () => resolve());
  });

/** Works until it is told to stop. Everything it needs is there already, and named by its environment. */
async function main(): Promise<void> {
  const stop = stopped();
  const { databaseUrl, redisUrl, secretKey, baseUrl, ...env } = readEnv(process.env);
  if (databaseUrl === undefined || redisUrl === undefined || secretKey === undefined || baseUrl === undefined) {
    throw new Refusal('The worker needs DATABASE_URL, REDIS_URL, SECRET_KEY and BASE_URL. `npm start` sets them and starts it.');
  }
  await using stack = new AsyncDisposableStack(); // also when starting fails half-way
  const opened = await openTools({ ...env, databaseUrl, redisUrl, secretKey, baseUrl }, createLog(env.logLevel), baseUrl);
  stack.defer(() => opened.close());
  const workers = await startWorkers(opened, {
    extensionsDir: env.extensionsDir,
    // a saved extension counts at once while somebody writes it, as pages do
    watch: process.argv.includes('--dev'),
  });
  stack.defer(() => workers.stop());
  process.send?.('ready');
  await stop;
  await endsWithin(LONGEST_END, stack.disposeAsync());
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
// The channel to whoever started this process would keep it alive; so would a job that does not heed being called off.
process.exit();
