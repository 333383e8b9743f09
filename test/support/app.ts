import { createLog } from '#server/platform/log.ts';
import { readEnv } from '#server/env.ts';
import { type RunningServer, startServer } from '#server/serve.ts';
import { Caller } from './caller.ts';
import { NOWHERE } from './nowhere.ts';
import { test as world } from './world.ts';

export const KEY = Buffer.from('quarterdeck-test-key-0123456789-abcdefghijklmnopqrstuvwxyz').toString('base64');
export const PASSWORD = 'correct horse battery staple';

/** The environment of a process under test. */
export const envFor = (database: string, redisUrl: string, more: Record<string, string> = {}) => ({
  ...readEnv({
    NODE_ENV: 'test',
    PORT: '0',
    SECRET_KEY: KEY,
    DATABASE_URL: database,
    REDIS_URL: redisUrl,
    LOG_LEVEL: 'silent',
    GRAVATAR_URL: NOWHERE,
    ...more,
  }),
  databaseUrl: database,
  redisUrl,
  secretKey: Buffer.from(KEY, 'base64'),
});

/** The whole server without pages, on a database and a Redis of this test file; `owner` has set it up and is signed in. */
export const test = world
  .extend('server', { scope: 'file' }, async ({ database, redisUrl }, { onCleanup }): Promise<RunningServer> => {
    const server = await startServer({
      env: envFor(database, redisUrl),
      log: createLog(process.env['TEST_LOG'] === undefined ? 'silent' : 'error'),
      client: 'none',
    });
    onCleanup(() => server.stop());
    return server;
  })
  .extend('owner', { scope: 'file' }, async ({ server }) => {
    const owner = new Caller(server.url);
    await owner.call('POST /setup', {
      body: {
        token: server.setupUrl?.split('#')[1] ?? '',
        organisation: 'Northwind',
        timeZone: 'Europe/Stockholm',
        firstName: 'Ana',
        lastName: 'Ruiz',
        email: 'ana@northwind.example',
        username: 'ana',
        password: PASSWORD,
      },
    });
    return owner;
  });
