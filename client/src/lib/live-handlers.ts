import type { ServerToBrowser } from '#contract/live.ts';
import { heard } from './heard.ts';

/** `connect`: the link is open, for the first time or again. */
export type Told = ServerToBrowser & { connect: () => void };

/** Who wants to hear what. */
export class Handlers {
  readonly #byEvent = new Map<string, Set<(...told: never[]) => void>>();

  /** @returns what ends the listening. */
  on<E extends keyof Told>(event: E, handler: Told[E]): () => void {
    const handlers = this.#byEvent.get(event) ?? new Set();
    this.#byEvent.set(event, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  /** What came by the wire is passed on in this page's language, and else as it is: the server sends what the contract says of this event, and `on` took its handlers for that. */
  tell(event: string, ...told: unknown[]): void {
    const here = heard(told);
    for (const handler of this.#byEvent.get(event) ?? []) handler(...(here as never[]));
  }
}
