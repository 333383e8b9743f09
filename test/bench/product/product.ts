import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createClient } from 'redis';
import { openOrm } from '#server/platform/db/orm.ts';
import { channelOf, PREFIX } from '#server/platform/live/wire.ts';
import { CORE } from '../machine.ts';
import { Child } from '../process/child.ts';
import type { Bench } from '../scenario.ts';
import { redisOptions } from '../stores.ts';
import { Metrics } from './metrics.ts';

const READY = /Quarterdeck is ready on http:\/\/127\.0\.0\.1:(\d+)/;
const START = 30_000;

/** Where the product's processes hear of broadcasts. */
export const CHANNEL = channelOf(PREFIX);

export interface ProductOptions {
  /** A Redis that nothing else uses. */
  redisUrl: string;
  /** Modules that are loaded into the server before its own. */
  imports?: readonly string[];
  /** Settings beyond those of every benchmark. */
  env?: Readonly<Record<string, string>>;
}

/** The product, as deployed: real processes on a database of its own. */
export class Product {
  readonly server: Child;
  readonly orm: MikroORM;
  /** What its processes are told of their surroundings. */
  readonly env: Readonly<Record<string, string>>;
  readonly redisUrl: string;
  readonly port: number;
  readonly url: string;

  constructor({ server, orm, env, redisUrl, port }: Pick<Product, 'server' | 'orm' | 'env' | 'redisUrl' | 'port'>) {
    this.server = server;
    this.orm = orm;
    this.env = env;
    this.redisUrl = redisUrl;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  async metrics(): Promise<Metrics> {
    const answer = await fetch(`${this.url}/metrics`);
    if (!answer.ok) throw new Error(`/metrics answered ${answer.status}.`);
    return new Metrics(await answer.text());
  }

  /** What the API answers somebody who is signed in. */
  async get(route: string, cookie: string): Promise<unknown> {
    const answer = await fetch(`${this.url}/api${route}`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`GET ${route} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
}

/** What is left in Redis is of no use to the next product. */
async function sweep(redisUrl: string): Promise<void> {
  const redis = createClient(redisOptions(redisUrl));
  await redis.connect();
  await redis.flushDb();
  await redis.close();
}

function environment({ databaseUrl, redisUrl, dir }: { databaseUrl: string; redisUrl: string; dir: string }): Record<string, string> {
  return {
    NODE_ENV: 'production',
    BASE_URL: '', // none: a developer's .env must not count here
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    DATA_DIR: path.join(dir, 'data'),
    SECRET_KEY: randomBytes(32).toString('base64'),
    TRUSTED_PROXIES: '127.0.0.1', // the load generator stands for a proxy, behind which people have addresses of their own
    LOG_LEVEL: 'warn',
  };
}

interface Serving {
  server: Child;
  port: number;
}

async function serve(env: Readonly<Record<string, string>>, imports: readonly string[], { machine, cleanup }: Bench): Promise<Serving> {
  const file = `${import.meta.dirname}/../../../server/index.ts`;
  const server = cleanup.use(new Child({ name: 'server', file, args: ['serve'], env, machine, core: CORE.server, imports }));
  await server.said(READY, START);
  return { server, port: Number(READY.exec(server.output)?.[1]) };
}

/** Starts a second process that serves the same installation. */
export async function startNeighbour({ orm, env, redisUrl }: Product, bench: Bench): Promise<Product> {
  return new Product({ ...(await serve(env, [], bench)), orm, env, redisUrl });
}

/** Starts the serving half on the server's core, and a connection of ours to its database. */
export async function startProduct({ redisUrl, imports = [], env: more = {} }: ProductOptions, bench: Bench): Promise<Product> {
  const { stores, cleanup } = bench;
  const database = `bench_${randomBytes(6).toString('hex')}`;
  const databaseUrl = new URL(stores.databaseUrl);
  databaseUrl.pathname = database;
  cleanup.defer(() => sweep(redisUrl));
  cleanup.defer(async () => {
    const owner = await openOrm(stores.databaseUrl);
    await owner.em.execute(`drop database if exists "${database}" with (force)`);
    await owner.close();
  });
  const env = { ...environment({ databaseUrl: databaseUrl.href, redisUrl, dir: stores.dir }), ...more };
  const serving = await serve(env, imports, bench);
  const orm = await openOrm(databaseUrl.href);
  cleanup.defer(() => orm.close());
  return new Product({ ...serving, orm, env, redisUrl });
}
