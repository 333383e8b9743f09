import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';

/** Which cores carry what. The server under test has one to itself; everything else, this process included, has the other. */
export const CORE = { server: 0, rest: 1 } as const;

/** What a reader must know to compare two tables. */
export interface Run {
  cores: number;
  cpu: string;
  pinned: boolean;
  node: string;
  versions: Record<string, string>;
  quick: boolean;
  rotations: number;
  loadBefore: number;
  loadAfter: number;
  /** The load generator's own µs of CPU per message; nothing if no scenario counted messages. */
  generatorPerMessage: number | null;
}

const LIBRARIES = ['socket.io', 'ws', 'redis', 'bullmq', '@mikro-orm/core', 'koa', 'pg'] as const;

function versionOf(library: string): string {
  const manifest: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/../../node_modules/${library}/package.json`, 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '?';
}

/** Puts this process on {@link CORE.rest}, its children with it. Says whether that could be done: it takes `taskset` and two cores. */
export function pinRest(): boolean {
  if (availableParallelism() <= CORE.rest || spawnSync('taskset', ['--version']).status !== 0) return false;
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(CORE.rest), String(process.pid)], { stdio: 'ignore' });
  return true;
}

/** The machine's part in the figures: it gives processes their cores, and says what it is. */
export class Machine {
  readonly #loadBefore = loadavg()[0] ?? 0;
  readonly #pinned: boolean;
  #generator = { cpu: 0, messages: 0 };

  /** @param pinned whether processes are given cores. */
  constructor(pinned: boolean) {
    this.#pinned = pinned;
  }

  /** What to put before a command so that it runs on this core. Children of this process are on {@link CORE.rest} without it. */
  on(core: number): string[] {
    return this.#pinned ? ['taskset', '--cpu-list', String(core)] : [];
  }

  /** Notes what the load generator spent, in µs of CPU, on so many messages. */
  noteGenerator(cpu: number, messages: number): void {
    this.#generator.cpu += cpu;
    this.#generator.messages += messages;
  }

  describe(quick: boolean, rotations: number): Run {
    const { cpu, messages } = this.#generator;
    return {
      cores: cpus().length,
      cpu: cpus()[0]?.model ?? '?',
      pinned: this.#pinned,
      node: process.version,
      versions: Object.fromEntries(LIBRARIES.map(library => [library, versionOf(library)])),
      quick,
      rotations,
      loadBefore: this.#loadBefore,
      loadAfter: loadavg()[0] ?? 0,
      generatorPerMessage: messages > 0 ? Number((cpu / messages).toFixed(2)) : null,
    };
  }
}

/** The line under the table. */
export function runLine(run: Run): string {
  const versions = Object.entries(run.versions).map(([library, version]) => `${library} ${version}`);
  const parts = [
    `${run.cores} cores (${run.cpu})${run.pinned ? '' : ', not pinned: needs taskset and two cores'}`,
    `Node ${run.node}`,
    ...versions,
    `${run.rotations} rotations${run.quick ? ', quick' : ''}`,
    `load ${run.loadBefore.toFixed(2)} before, ${run.loadAfter.toFixed(2)} after`,
    ...(run.generatorPerMessage === null ? [] : [`load generator ${run.generatorPerMessage} µs per message`]),
  ];
  return parts.join(' · ');
}
