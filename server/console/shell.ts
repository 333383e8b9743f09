import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { PERMISSIONS } from '#contract/permissions.ts';
import { keepSecretKey, takeDataFolder } from '../embedded/data-folder.ts';
import { Postgres } from '../embedded/postgres.ts';
import { runningDatabase } from '../embedded/running-database.ts';
import { type Env, readEnv } from '../env.ts';
import type { Actor } from '../platform/actor.ts';
import { openOrm } from '../platform/db/orm.ts';
import { Refusal } from '../platform/refusal.ts';
import { Secrets } from '../platform/secrets.ts';
import { Organisation } from '../settings/Organisation.ts';

/** Whoever has the server's shell has its database: nothing is beyond them, and history says that it was the shell. */
export const SHELL: Actor = { kind: 'system', name: 'Shell', permissions: new Set(PERMISSIONS), superadmin: true };

/** What a command at the server works with: the database alone. Neither the web server, nor Redis, nor a mail server has to run. */
export interface Shell {
  em: EntityManager;
  secrets: Secrets;
  /** What links begin with. */
  baseUrl: string;
}

/** The database of this installation. That of `npm start` is started for as long as the command takes, where it does not run. */
async function database({ databaseUrl, dataDir }: Env, stack: AsyncDisposableStack): Promise<string> {
  const url = databaseUrl ?? runningDatabase(dataDir);
  if (url !== undefined) return url;
  if (!existsSync(path.join(dataDir, 'postgres/PG_VERSION')))
    throw new Refusal(`There is no database in ${dataDir}: start Quarterdeck once, or set DATABASE_URL or DATA_DIR.`);
  stack.defer(takeDataFolder(dataDir));
  const postgres = await new Postgres({ dataDir: path.join(dataDir, 'postgres') }).start();
  stack.defer(() => postgres.stop());
  return postgres.url('quarterdeck');
}

async function demandSetUp(orm: MikroORM): Promise<void> {
  const found = await orm.em
    .fork()
    .findOne(Organisation, 1)
    .catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Refusal(`The database cannot be read: ${why}. Check DATABASE_URL, or run \`quarterdeck migrate\`.`, { cause });
    });
  if (!found?.setUpAt) throw new Refusal('Quarterdeck is not set up yet: start it, and open the link that it prints.');
}

/**
 * Opens the database, does the work and closes it again.
 * @throws Refusal when there is no database, it cannot be read, or nobody has set it up
 */
export async function inShell(work: (shell: Shell) => Promise<void>): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile();
  const env = readEnv(process.env);
  await using stack = new AsyncDisposableStack();
  const orm = await openOrm(await database(env, stack));
  stack.defer(() => orm.close());
  await demandSetUp(orm);
  await work({
    em: orm.em.fork(),
    secrets: new Secrets(env.secretKey ?? keepSecretKey(env.dataDir), env.secretKeysPrevious),
    baseUrl: env.baseUrl ?? `http://${env.host}:${env.port}`,
  });
}
