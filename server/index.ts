import { existsSync } from 'node:fs';
import { bringStores } from './embedded/stores.ts';
import { readEnv } from './env.ts';
import { createLog } from './platform/log.ts';
import { Refusal } from './platform/refusal.ts';
import { startServer } from './serve.ts';
import { keepWorker } from './worker.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Resolves with the first signal to stop. Later ones are ignored: npm passes on the one that the terminal has already sent, and stopping is under way. */
function signalled(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}

/** Brings what is missing, serves and works until it is told to stop; then stops all of it, last started first. */
async function main(): Promise<void> {
  const stop = signalled();
  if (existsSync('.env')) process.loadEnvFile();
  const given = readEnv(process.env);
  const log = createLog(given.logLevel);

  await using stack = new AsyncDisposableStack(); // also when starting fails half-way
  const env = await bringStores(given, stack, say);
  const server = await startServer({ env, log, dev: process.argv.includes('--dev') });
  stack.defer(() => server.stop());
  const stopWorker = await keepWorker({
    module: `${import.meta.dirname}/../jobs/index.ts`,
    env: { ...process.env, DATABASE_URL: env.databaseUrl, REDIS_URL: env.redisUrl, SECRET_KEY: env.secretKey.toString('base64') },
    log,
  });
  stack.defer(stopWorker);

  say(`Quarterdeck is ready on ${server.url}`);
  log.info({ signal: await stop }, 'stopping');
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
