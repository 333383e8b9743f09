import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** The moment at which a worker kills itself, and how many messages come to it before. */
export interface Chaos {
  moment: 'before-send' | 'after-send' | 'after-mark';
  every: number;
}

/** What a worker may take to end: its jobs' grace, and what holds up a stop, twice over. In ms. */
const LONGEST_STOP = 30_000;

async function stop(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.kill('SIGTERM');
  let late = false;
  const timer = setTimeout(() => (late = worker.kill('SIGKILL')), LONGEST_STOP);
  await gone;
  clearTimeout(timer);
  if (late) throw new Error('A worker that was told to stop never ended.');
}

/** Workers that are started again whenever they die, as the product does it. */
export class Crew {
  /** How many were killed. */
  deaths = 0;
  /** What they wrote. */
  output = '';
  readonly #env: NodeJS.ProcessEnv;
  readonly #alive = new Set<ChildProcess>();
  #ending = false;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** Resolves when all of them work. */
  async start(size: number, chaos?: Chaos): Promise<void> {
    await Promise.all(Array.from({ length: size }, () => this.#hire(chaos)));
  }

  async #hire(chaos: Chaos | undefined): Promise<void> {
    const args = chaos ? [chaos.moment, String(chaos.every)] : [];
    const worker = fork(new URL('./worker.ts', import.meta.url), args, { env: this.#env, silent: true });
    this.#alive.add(worker);
    for (const stream of [worker.stdout, worker.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output = (this.output + text).slice(-20_000)));
    worker.once('exit', (_code, signal) => {
      this.#alive.delete(worker);
      if (this.#ending) return;
      if (signal === 'SIGKILL') this.deaths += 1;
      else this.output += '\n(a worker ended although nobody killed it)\n';
      void this.#hire(chaos);
    });
    await Promise.race([once(worker, 'message'), once(worker, 'exit')]);
  }

  /** @throws Error when one does not end by itself */
  async stop(): Promise<void> {
    this.#ending = true;
    await Promise.all([...this.#alive].map(stop));
  }
}
