import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bringStores } from './embedded/stores.ts';
import { readEnv } from './env.ts';
import { keep } from './platform/keep.ts';
import { type Log, createLog } from './platform/log.ts';
import { Refusal } from './platform/refusal.ts';
import { startServer } from './serve.ts';
import { WorkerProcess } from './worker.ts';

const PARTS = ['serve', 'work'];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Which halves of the product to run, both unless one is named, and whether the client comes from its sources. */
function readArguments(): { serve: boolean; work: boolean; dev: boolean } {
  const { values, positionals } = parseArgs({ options: { dev: { type: 'boolean', default: false } }, allowPositionals: true });
  const named = positionals.length > 0 ? positionals : PARTS;
  const unknown = named.find(part => !PARTS.includes(part));
  if (unknown) throw new Refusal(`There is nothing called ${unknown} to start: name serve, work or neither.`);
  return { serve: named.includes('serve'), work: named.includes('work'), dev: values.dev };
}

/** Resolves with the first signal to stop. Later ones are ignored: npm passes on the one that the terminal has already sent, and stopping is under way. */
function signalled(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}

/** Brings what is missing, serves and works; what stops it all is left on the stack. */
async function start(stack: AsyncDisposableStack): Promise<Log> {
  const { serve, work, dev } = readArguments();
  if (existsSync('.env')) process.loadEnvFile();
  const given = readEnv(process.env);
  if (!serve && !given.baseUrl) throw new Refusal('Set BASE_URL to where people reach Quarterdeck: the links in mails begin with it.');
  const log = createLog(given.logLevel);
  const env = await bringStores(given, stack, log, say);
  const server = serve ? await startServer({ env, log, client: dev ? 'source' : 'built' }) : undefined;
  if (server) stack.defer(() => server.stop());
  if (work) {
    const module = `${import.meta.dirname}/../jobs/index.ts`;
    const brought = {
      DATABASE_URL: env.databaseUrl,
      REDIS_URL: env.redisUrl,
      BASE_URL: server?.url ?? env.baseUrl,
      SECRET_KEY: env.secretKey.toString('base64'),
    };
    stack.defer(await keep('worker', new WorkerProcess(module, { ...process.env, ...brought }, dev ? ['--dev'] : []), log));
  }
  say(server ? `Quarterdeck is ready on ${server.url}` : 'Quarterdeck is at work');
  if (server?.setupUrl) say(`Set it up at ${server.setupUrl}`);
  return log;
}

/** Runs until a signal says to stop, or starting fails; then stops what was started, last started first. */
async function main(): Promise<void> {
  const signal = signalled();
  await using stack = new AsyncDisposableStack();
  const started = start(stack);
  await Promise.race([signal, started.then(async log => log.info({ signal: await signal }, 'stopping'))]);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
process.exit(); // what was being started when a signal came early ends with this process
