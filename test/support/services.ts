import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { type RedisBinary, findRedis } from '#server/embedded/find-redis.ts';
import { Postgres } from '#server/embedded/postgres.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { demandNoDrift } from './drift.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** `postgres`: a URL that ends where the database's name goes. `dir`: this run's folder, in memory where there is one. */
    services: { dir: string; postgres: string; redis: RedisBinary };
  }
}

/** Durability is what a test run does not need. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off', max_connections: 200 };

/** One PostgreSQL for the whole run; each test file copies its database from the template and starts a Redis of its own. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (project.vitest.projects.every(({ name }) => name.startsWith('browser'))) return undefined; // components need no stores
  const dir = await mkdtemp(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'q-'));
  await chmod(dir, 0o711); // where there are no user namespaces and we are root, PostgreSQL runs as nobody and must get in
  const postgres = new Postgres({ dataDir: `${dir}/pg`, settings: FAST });
  const teardown = async (): Promise<void> => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await postgres.start();
    const template = postgres.url('template_quarterdeck');
    await migrate(template);
    await demandNoDrift(template, postgres.url('scratch')); // leaves no connection, since a template may have none
    project.provide('services', { dir, postgres: postgres.url(''), redis: findRedis('.data/redis-server', console.log) });
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
