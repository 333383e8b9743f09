import { setTimeout as pause } from 'node:timers/promises';
import type { Heard, Load, Source } from '../load.ts';
import type { Target } from '../load/target.ts';
import { CORE, type Machine } from '../machine.ts';
import { Child } from './child.ts';
import { Remote } from './rpc.ts';

/** µs of CPU that a piece of work took: the server's own code, the kernel for it, and all of the load generator. */
export interface Cost {
  user: number;
  system: number;
  generator: number;
}

export const cpuOf = ({ user, system }: Cost): number => user + system;
/** See {@link Sample.generatorShare}. */
export const generatorShare = (cost: Cost): number => cost.generator / cpuOf(cost);

const QUIET = 150; // ms on both sides of a reading: far longer than a message takes, far shorter than the beat's 2 s
const ATTEMPTS = 20;
const PATIENCE = 60_000; // ms for all to connect

/** A server under test, and the load generator that is its audience. */
export class Audience {
  readonly server: Child;
  readonly #generator: Child;
  readonly load: Remote<Load>;
  /** Per ms, while nothing happens. */
  #resting: Cost = { user: 0, system: 0, generator: 0 };

  /** Starts the generator; `cleanup` ends it. */
  constructor(server: Child, machine: Machine, cleanup: AsyncDisposableStack) {
    this.server = server;
    this.#generator = cleanup.use(
      new Child({ name: 'load generator', file: `${import.meta.dirname}/../load.ts`, machine, core: CORE.rest }),
    );
    this.load = new Remote<Load>(this.#generator.process, 'load');
  }

  async connect(target: Target): Promise<void> {
    try {
      await this.load.ask('connect', target, PATIENCE);
    } catch (cause) {
      throw new Error(`Not everybody could connect. The server's last words: ${this.server.output || 'none'}`, { cause });
    }
  }

  /** From now on broadcasts can be sent to everybody. */
  async hear(source: Source): Promise<void> {
    await this.load.ask('source', source);
  }

  /**
   * Reads something of the server's at a moment when nothing is under way, with what the witness had heard by then: the two
   * can be held against each other exactly.
   */
  async quietly<T>(read: () => Promise<T>): Promise<{ value: T; heard: Heard }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await this.load.ask('heard', undefined);
      await pause(QUIET);
      const value = await read();
      await pause(QUIET);
      const heard = await this.load.ask('heard', undefined);
      if (heard.packets === before.packets) return { value, heard };
    }
    throw new Error('The server never stopped sending.');
  }

  /**
   * Finds out what both processes spend anyway on connections that are merely open: pings, beats, checks. From then on that is
   * taken off every cost, which would else depend on how long the work took and on what else the machine was doing.
   * @param window in ms; long enough for what comes by the clock to have its share.
   */
  async rest(window: number): Promise<void> {
    const { cost, took } = await this.#spent(() => pause(window));
    this.#resting = { user: cost.user / took, system: cost.system / took, generator: cost.generator / took };
  }

  /** What `work` costs both processes, beyond what they spend at rest where that is known. */
  async cost<T>(work: () => Promise<T>): Promise<{ result: T; cost: Cost }> {
    const { result, cost, took } = await this.#spent(work);
    const { user, system, generator } = this.#resting;
    return {
      result,
      cost: { user: cost.user - user * took, system: cost.system - system * took, generator: cost.generator - generator * took },
    };
  }

  async #spent<T>(work: () => Promise<T>): Promise<{ result: T; cost: Cost; took: number }> {
    const [server, generator] = await Promise.all([this.server.cpu(), this.#generator.cpu()]);
    const began = performance.now();
    const result = await work();
    const took = performance.now() - began;
    const [serverAfter, generatorAfter] = await Promise.all([this.server.cpu(), this.#generator.cpu()]);
    const cost = {
      user: serverAfter.user - server.user,
      system: serverAfter.system - server.system,
      generator: generatorAfter.user + generatorAfter.system - generator.user - generator.system,
    };
    return { result, cost, took };
  }
}
