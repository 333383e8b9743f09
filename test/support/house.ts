import { createLog } from '#server/platform/log.ts';
import { type RunningServer, startServer } from '#server/serve.ts';
import { envFor } from './app.ts';
import { test as world } from './world.ts';

/**
 * The whole server without pages, behind a proxy that it trusts: each request may say where it comes from, so that a test which
 * knocks thousands of times is refused by the door and not by a limit of its place.
 */
export const test = world.extend('server', { scope: 'file' }, async ({ database, redisUrl }, { onCleanup }): Promise<RunningServer> => {
  const server = await startServer({
    env: envFor(database, redisUrl, { TRUSTED_PROXIES: '127.0.0.1' }),
    log: createLog(process.env['TEST_LOG'] === undefined ? 'silent' : 'error'),
    client: 'none',
  });
  onCleanup(() => server.stop());
  return server;
});
