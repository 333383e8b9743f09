/* eslint-disable svelte/prefer-svelte-reactivity -- collections are replaced whole, or nothing draws them */
import type { ServerToBrowser } from '#contract/live.ts';
import type { TodoView } from '#contract/todos.ts';
import { call } from '#lib/api.ts';
import { live } from '#lib/live.svelte.ts';
import { failureOf, type Failure } from '#lib/ui/surface.ts';

type Change = Parameters<ServerToBrowser['todos:changed']>[0];

/** As many as are read at once. */
const MOST = 200;
/** After the last day that can be written. */
const NO_DAY = '9999';
const pressing = (a: TodoView, b: TodoView): number => (a.dueOn ?? NO_DAY).localeCompare(b.dueOn ?? NO_DAY) || (a.id < b.id ? -1 : 1);

/** The open to-dos that somebody sees, as the link tells of them. Older never replaces newer, whichever road it came by. */
export class Todos {
  #open = $state.raw<ReadonlyMap<string, TodoView>>(new Map());
  /** Which version of those that went is known to be gone. */
  readonly #gone = new Map<string, number>();
  known = $state(false);
  /** How many there are beyond those that were read. */
  more = $state(0);
  failure = $state.raw<Failure>();
  #watchers = 0;
  #ends: (() => void)[] = [];

  readonly items: readonly TodoView[] = $derived([...this.#open.values()].toSorted(pressing));

  /** Takes what was read whole. */
  take(items: readonly TodoView[], total: number): void {
    const fresh = items.filter(({ id, version }) => version > (this.#gone.get(id) ?? 0));
    this.#open = new Map(fresh.map(todo => [todo.id, this.#newer(todo)]));
    this.more = Math.max(0, total - items.length);
    this.known = true;
    this.failure = undefined;
  }

  hear({ id, version, todo }: Change): void {
    if (version < Math.max(this.#open.get(id)?.version ?? 0, this.#gone.get(id) ?? 0)) return;
    const next = new Map(this.#open);
    if (todo && !todo.done) {
      this.#gone.delete(id);
      next.set(id, todo);
    } else {
      this.#gone.set(id, version);
      next.delete(id);
    }
    this.#open = next;
  }

  async read(): Promise<void> {
    try {
      const { items, total } = await call('GET /todos', { query: { pageSize: MOST } });
      this.take(items, total);
    } catch (error) {
      this.failure = failureOf(error);
    }
  }

  /** Follows the link as long as anybody watches. @returns what ends that */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) {
      void this.read();
      this.#ends = [live.on('todos:changed', change => this.hear(change)), live.follow(() => void this.read())];
    }
    return () => {
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#ends.forEach(end => end());
    };
  }

  #newer(todo: TodoView): TodoView {
    const known = this.#open.get(todo.id);
    return known && known.version > todo.version ? known : todo;
  }
}
/** What the dashboard shows of them, in more than one place. */
export const openTodos = new Todos();
