import { createServer } from 'node:http';
import type { CompleteEnv } from './env.ts';
import { migrate } from './platform/db/migrate.ts';
import { openOrm } from './platform/db/orm.ts';
import { closeGracefully, listen, serverLimits } from './platform/http/listen.ts';
import type { Log } from './platform/log.ts';

/** How long the requests under way may take when we stop, in ms. */
const GRACE = 10_000;

export interface ServerOptions {
  env: CompleteEnv;
  log: Log;
  /** Serve the client from its sources, through Vite, instead of as it was built. */
  dev: boolean;
}

export interface RunningServer {
  /** Where people reach it. */
  url: string;
  /** Stops accepting, finishes the requests under way, closes every connection. */
  stop(): Promise<void>;
}

/** Migrates the database and serves; all it opened is closed again when it fails half-way. */
export async function startServer({ env, log }: ServerOptions): Promise<RunningServer> {
  await using stack = new AsyncDisposableStack();
  const migrations = await migrate(env.databaseUrl);
  if (migrations > 0) log.info({ migrations }, 'the database was brought up to date');
  const orm = await openOrm(env.databaseUrl);
  stack.defer(() => orm.close());

  const http = createServer(serverLimits, (request, response) => {
    response.writeHead(request.url === '/healthz' ? 200 : 404, { 'content-type': 'text/plain' }).end();
  });
  const address = await listen(http, env.host, env.port);
  stack.defer(() => closeGracefully(http, GRACE));

  const running = stack.move(); // the caller's from here on
  return { url: env.baseUrl ?? address, stop: () => running.disposeAsync() };
}
