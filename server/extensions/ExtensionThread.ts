import { Worker } from 'node:worker_threads';
import type { Ask, Call, FromThread, ToThread } from './messages.ts';

/** How long a thread that nobody asks is kept, in ms: the next load finds it warm. */
const IDLE = 30_000;
/** What it may take before it is ended, in MB. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 };

/** Answers what an extension asks while it loads. What it throws the extension gets as its reason. */
export type Serve = (ask: Ask) => Promise<unknown>;
const nothing: Serve = () => Promise.reject(new Error('Nothing can be asked now.'));

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  serve: Serve;
}

/** One extension's file, where it runs: started when it is needed, ended when it is out of time or nobody needs it. */
export class ExtensionThread {
  readonly #file: string;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #calls = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * @param signal when it is aborted the thread is ended, whatever it is doing, and the next call starts another.
   * @throws Error with the extension's own reason, or the signal's
   */
  async call(it: Call, signal: AbortSignal, serve: Serve = nothing): Promise<unknown> {
    signal.throwIfAborted();
    clearTimeout(this.#idle);
    const call = (this.#calls += 1);
    const { promise, ...ends } = Promise.withResolvers<unknown>();
    this.#pending.set(call, { ...ends, serve });
    const stop = (): void => this.#end(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.#tell({ call, it });
      return await promise;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#pending.delete(call);
      if (this.#pending.size === 0) this.#idle = setTimeout(() => this.end(), IDLE).unref();
    }
  }

  end(): void {
    this.#end(new Error('It was ended.'));
  }

  #tell(message: ToThread): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(`${import.meta.dirname}/thread.ts`, { workerData: this.#file, env: {}, resourceLimits, name: this.#file });
    const over = (why: Error): void => {
      if (this.#worker === worker) this.#end(why);
    };
    worker.on('message', (message: FromThread) => void this.#hear(worker, message));
    worker.on('error', (error: unknown) => over(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', code => over(new Error(`Its thread ended with ${code}.`)));
    return worker;
  }

  #end(why: Error): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    for (const { reject } of this.#pending.values()) reject(why);
  }

  async #hear(worker: Worker, message: FromThread): Promise<void> {
    if ('done' in message) this.#pending.get(message.done)?.resolve(message.value);
    else if ('failed' in message) this.#pending.get(message.failed)?.reject(new Error(message.reason));
    else {
      const { ask, during, it } = message;
      const serve = this.#pending.get(during)?.serve ?? nothing;
      const answer = await serve(it).then(
        (value): ToThread => ({ answered: ask, value }),
        (error: unknown): ToThread => ({ refused: ask, reason: error instanceof Error ? error.message : String(error) }),
      );
      worker.postMessage(answer); // to one that ended meanwhile it goes nowhere
    }
  }
}
