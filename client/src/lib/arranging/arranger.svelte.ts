import type { Arrangement, LayoutView } from '#contract/layout.ts';
import { call } from '../api.ts';
import { board } from '../board.svelte.ts';
import { ApiProblem, explain } from '../problem.ts';

const REMEMBERED = 50;

/** Arranges the dashboard: shown at once, saved one after the other, and taken back where it could not be saved. */
export class Arranger {
  #past = $state.raw<readonly Arrangement[]>([]);
  /** What another tab saved meanwhile: one of the two has to give way. */
  theirs = $state.raw<LayoutView>();
  /** Why the latest change was taken back. */
  refusal = $state('');
  #saved: LayoutView | undefined;
  #running = false;

  get undoable(): boolean {
    return this.#past.length > 0;
  }

  /** All that is placed, what may not be seen just now behind the rest. */
  get now(): Arrangement {
    const { shown, hidden } = board.layout;
    const placed = board.places.map(({ id, columns, rows, collapsed }) => ({ id, columns, rows, collapsed }));
    const unseen = shown.filter(({ id }) => !placed.some(each => each.id === id));
    return { shown: [...placed, ...unseen], hidden: [...hidden] };
  }

  /** @param how from what stands to what shall stand; the same: nothing happens */
  async change(how: (now: Arrangement) => Arrangement): Promise<void> {
    const { now } = this;
    const next = how(now);
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    this.#past = [...this.#past, now].slice(-REMEMBERED);
    this.show(next);
    await this.save();
  }

  /** Shows how it would be, without saving it: while something is dragged. */
  show(next: Arrangement): void {
    this.#saved ??= board.layout;
    board.heldBack = true;
    board.layout = { ...board.layout, ...next, source: 'own', roles: [] };
    board.watchShown();
  }

  /** Remembers what stood before something was dragged. */
  remember(before: Arrangement): void {
    this.#past = [...this.#past, before].slice(-REMEMBERED);
  }

  async undo(): Promise<void> {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.show(before);
    await this.save();
  }

  /** Back to the default of the roles; it can be undone like any change. */
  async reset(): Promise<void> {
    const before = this.now;
    this.refusal = '';
    try {
      this.#settle(await call('DELETE /dashboard/layout'));
      this.remember(before);
    } catch (error) {
      this.refusal = explain(error);
    }
  }

  /** Of two tabs this one wins. */
  async keepMine(): Promise<void> {
    const { theirs } = this;
    if (!theirs) return;
    this.theirs = undefined;
    board.layout = { ...board.layout, version: theirs.version };
    await this.save();
  }
  useTheirs(): void {
    if (this.theirs) this.#settle(this.theirs);
    this.#past = [];
  }

  /** Saves what is shown. What changes meanwhile is saved after it. */
  async save(): Promise<void> {
    if (this.#running || this.theirs) return;
    this.#running = true;
    this.refusal = '';
    try {
      let sent: string;
      do {
        sent = JSON.stringify(this.now);
        const layout = await call('PUT /dashboard/layout', { body: { version: board.layout.version, ...this.now } });
        this.#saved = layout;
        board.layout = { ...board.layout, version: layout.version };
      } while (JSON.stringify(this.now) !== sent);
      this.#settle(board.layout);
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#running = false;
    }
  }

  async #failed(error: unknown): Promise<void> {
    const refusal = explain(error);
    if (error instanceof ApiProblem && error.code === 'conflict') {
      this.theirs = await call('GET /dashboard/layout').catch((again: unknown) => void explain(again));
      if (this.theirs) return;
    }
    this.refusal = refusal;
    if (this.#saved) this.#settle(this.#saved);
  }

  /** From here on the board takes again what the server says. */
  #settle(layout: LayoutView): void {
    this.theirs = undefined;
    this.#saved = undefined;
    board.heldBack = false;
    board.layout = layout;
    board.watchShown();
  }
}
export const arranger = new Arranger();
