import type { ChildProcess } from 'node:child_process';

/** What a child process answers, by name. Inputs and results travel as JSON. */
export type Service = Record<string, (input: never) => unknown>;
type Input<S extends Service, O extends keyof S> = Parameters<S[O]>[0];
type Output<S extends Service, O extends keyof S> = Awaited<ReturnType<S[O]>>;

interface Call {
  service: string;
  id: number;
  operation: string;
  input: unknown;
}
interface Reply {
  service: string;
  id: number;
  result?: unknown;
  error?: string;
}
/** Sent once by the child: it listens now. What is asked earlier could be lost. */
interface Up {
  service: string;
  up: true;
}

const isOf = (service: string, message: unknown): message is { service: string } =>
  typeof message === 'object' && message !== null && 'service' in message && message.service === service;

/** In the child: answers what the parent asks of this service. A process that was started without a channel answers nobody. */
export function answer(service: string, operations: Service): void {
  const send = (message: Reply | Up): void => void process.send?.(message, () => undefined);
  process.on('message', (message: Call) => {
    if (!isOf(service, message)) return;
    const { id, operation, input } = message;
    const run = async (): Promise<unknown> => {
      const perform = operations[operation];
      if (!perform) throw new Error(`${service} has no operation "${operation}".`);
      return await perform(input as never); // the other end's types say that it fits
    };
    run().then(
      result => send({ service, id, result }),
      (error: unknown) => send({ service, id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  send({ service, up: true });
}

/** In the parent: asks a child. */
export class Remote<S extends Service> {
  readonly #child: ChildProcess;
  readonly #service: string;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #up = Promise.withResolvers<void>();
  #calls = 0;

  constructor(child: ChildProcess, service: string) {
    this.#child = child;
    this.#service = service;
    this.#up.promise.catch(() => undefined);
    child.on('message', message => this.#hear(message));
    child.once('exit', (code, signal) => this.#end(new Error(`The process of "${service}" ended (${signal ?? `code ${code}`}).`)));
    child.once('error', error => this.#end(error));
  }

  /** Resolves with the answer; rejects with the child's error, when the child ends, or after `timeout` ms. */
  async ask<O extends keyof S & string>(operation: O, input: Input<S, O>, timeout = 30_000): Promise<Output<S, O>> {
    const asked = Promise.withResolvers<unknown>();
    const id = this.#calls++;
    this.#pending.set(id, asked);
    const timer = setTimeout(() => asked.reject(new Error(`${this.#service}.${operation} took more than ${timeout / 1000} s.`)), timeout);
    try {
      await Promise.race([this.#up.promise, asked.promise]);
      this.#child.send({ service: this.#service, id, operation, input } satisfies Call, error => error && asked.reject(error));
      return (await asked.promise) as Output<S, O>; // the child answers with `id` only what this operation returned
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  #hear(message: unknown): void {
    if (!isOf(this.#service, message)) return;
    if ('up' in message) return this.#up.resolve();
    const { id, result, error } = message as Reply; // a service sends nothing else
    if (error === undefined) this.#pending.get(id)?.resolve(result);
    else this.#pending.get(id)?.reject(new Error(error));
  }

  #end(error: Error): void {
    this.#up.reject(error);
    for (const asked of this.#pending.values()) asked.reject(error);
  }
}
