import type { Load, Source, Target } from '../load.ts';
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

/** A server under test, and the load generator that is its audience. */
export class Pair {
  readonly server: Child;
  readonly #generator: Child;
  readonly load: Remote<Load>;

  /** Starts the generator; `cleanup` ends it. */
  constructor(server: Child, machine: Machine, cleanup: AsyncDisposableStack) {
    this.server = server;
    this.#generator = cleanup.use(
      new Child({ name: 'load generator', file: `${import.meta.dirname}/../load.ts`, machine, core: CORE.rest }),
    );
    this.load = new Remote<Load>(this.#generator.process, 'load');
  }

  async connect(target: Target, source: Source): Promise<void> {
    await this.load.ask('connect', target, 60_000);
    await this.load.ask('source', source);
  }

  /** What the work of both processes costs while `work` runs. */
  async cost<T>(work: () => Promise<T>): Promise<{ result: T; cost: Cost }> {
    const [server, generator] = await Promise.all([this.server.cpu(), this.#generator.cpu()]);
    const result = await work();
    const [serverAfter, generatorAfter] = await Promise.all([this.server.cpu(), this.#generator.cpu()]);
    const cost = {
      user: serverAfter.user - server.user,
      system: serverAfter.system - server.system,
      generator: generatorAfter.user + generatorAfter.system - generator.user - generator.system,
    };
    return { result, cost };
  }
}
