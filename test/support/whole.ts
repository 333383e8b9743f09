import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { runningDatabase } from '#server/embedded/running-database.ts';
import { Product } from './product.ts';

/** A data folder of its own, and the run's Redis on the PATH, so that none is fetched. */
export function ownData(): NodeJS.ProcessEnv {
  const { dir, redis } = inject('services');
  return {
    DATA_DIR: path.join(dir, `d-${randomUUID().slice(0, 8)}`),
    PATH: `${path.dirname(redis.file)}:${process.env['PATH']}`,
    ...(redis.lib && { LD_LIBRARY_PATH: redis.lib }),
  };
}

/** The whole product on data of its own, which can be killed and started again at the same address. */
export class Whole {
  #product: Product;
  readonly #env: NodeJS.ProcessEnv;
  readonly #args: string[];
  url = '';

  /** @param args as they are typed after the program's name. */
  constructor(env: NodeJS.ProcessEnv, ...args: string[]) {
    this.#env = { ...ownData(), ...env };
    this.#args = args;
    this.#product = new Product(this.#env, args);
  }

  async ready(): Promise<this> {
    this.url = await this.#product.ready();
    return this;
  }

  /** The one-time link. */
  async setupLink(): Promise<string> {
    return (await this.#product.says(/^Set it up at (\S+)$/m))[1] ?? '';
  }

  get pid(): number {
    return this.#product.pid;
  }
  get output(): string {
    return this.#product.output;
  }

  /** Says something to its database, past the product: to let time pass, say. */
  async tell(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: runningDatabase(this.#env['DATA_DIR'] ?? '') });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  /** As a crash would: nothing gets to say goodbye. */
  async crash(): Promise<void> {
    this.#product.kill('SIGKILL');
    await this.#product.ended();
    this.#keepOutput();
  }

  /** Beside the pictures, for a person to look at. */
  #keepOutput(): void {
    const shots = process.env['SHOTS'];
    if (shots) appendFileSync(path.join(shots, 'server.log'), this.#product.output);
  }

  /** Starts on the same data at the same address. */
  async again(): Promise<void> {
    this.#product = new Product({ ...this.#env, PORT: new URL(this.url).port }, this.#args);
    await this.#product.ready();
  }

  async stop(): Promise<void> {
    await this.#product.stop();
    this.#keepOutput();
  }
}
