/* eslint-disable svelte/prefer-svelte-reactivity -- collections are replaced whole, or nothing draws them */
import type { DashboardView } from '#contract/dashboard.ts';
import type { LayoutView } from '#contract/layout.ts';
import type { WidgetSnapshot } from '#contract/widgets.ts';
import { call } from './api.ts';
import { arrange } from './arrange.ts';
import { Refreshes } from './board-refreshes.svelte.ts';
import { live } from './live.svelte.ts';
import { pause } from './live-pause.svelte.ts';
import { heard } from './heard.ts';
import { explain } from './problem.ts';
import { gather } from './widgets/gather.ts';
import { isLive } from './widgets/live-views.ts';
import { roster } from './roster.svelte.ts';

/** What is known of a widget beside its figures. The right it needs may be an extension's own. */
export type Placed = DashboardView['widgets'][number];

const isPart = (widget: Placed): widget is Placed & { partOf: string } => widget.partOf !== undefined;

/** A widget that changes ten times a second is drawn four times: nobody reads faster. */
const FRAME_MS = 250;

const UNARRANGED: LayoutView = { shown: [], hidden: [], source: 'product', roles: [], version: 0 };

/** The widgets somebody may see, and the newest snapshot of each. Older never replaces newer, whichever road it came by. */
export class Board {
  #widgets = $state.raw<readonly Placed[]>([]);
  /** How they are arranged, as the server knows it or as somebody is arranging it now. */
  layout = $state.raw<LayoutView>(UNARRANGED);
  /** Somebody is arranging it, and what they did is not saved yet: the server's word is older. */
  heldBack = false;
  /** Whether also what is hidden or collapsed is looked at, as in the gallery. */
  #all = false;
  #shown = $state.raw<ReadonlyMap<string, WidgetSnapshot>>(new Map());
  /** The newest of each; shown when its time has come and somebody can see it. */
  readonly #held = new Map<string, WidgetSnapshot>();
  readonly #drawnAt = new Map<string, number>();
  #watching = false;
  /** What is due of to-dos, as one of the parts. */
  #due = $state.raw<(part: string) => WidgetSnapshot | undefined>();
  #endDue: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What a widget shows of other widgets: their ids, by its own. */
  readonly #parts = $derived(Map.groupBy(this.#widgets.filter(isPart), ({ partOf }) => partOf));
  readonly refreshes = new Refreshes(id => Math.max(0, ...this.#snapshots(this.#held, id).map(({ version }) => version)));

  /** All that could stand on the dashboard, in the product's order. */
  readonly widgets = $derived(this.#widgets.filter(widget => !isPart(widget)));
  /** Those that do, in their order. */
  readonly places = $derived(arrange(this.widgets, this.layout));

  /** What a widget shows; of one that gathers parts, theirs together. */
  snapshotOf(id: string): WidgetSnapshot | undefined {
    const parts = this.#parts.get(id);
    return parts ? gather(id, this.#snapshots(this.#shown, id), parts.length) : this.#shown.get(id);
  }

  /** Whether the server makes figures for it, which can be asked for anew. */
  isLoaded({ id, view }: Placed): boolean {
    return this.#parts.get(id)?.some(part => !isLive(part.view)) ?? !isLive(view);
  }

  #snapshots(among: ReadonlyMap<string, WidgetSnapshot>, id: string): WidgetSnapshot[] {
    const parts = this.#parts.get(id);
    return (parts ? parts.map(part => (part.view === 'todos' ? this.#due?.(part.id) : among.get(part.id))) : [among.get(id)]).flatMap(
      snapshot => snapshot ?? [],
    );
  }

  /** Takes the dashboard whole: what it no longer names may not be seen any more. */
  take({ widgets, layout, snapshots, roster: people }: DashboardView): void {
    this.#widgets = widgets;
    // Versions only grow: an answer that was asked for before the latest change is late.
    if (!this.heldBack && layout.version >= this.layout.version) this.layout = layout;
    this.watchShown();
    const ids = new Set(widgets.map(({ id }) => id));
    for (const id of this.#held.keys()) if (!ids.has(id)) this.#held.delete(id);
    this.#shown = new Map([...this.#shown].filter(([id]) => ids.has(id)));
    this.show(heard(snapshots));
    if (people) roster.show(people);
  }

  show(snapshots: readonly WidgetSnapshot[]): void {
    for (const snapshot of snapshots) {
      if (snapshot.version <= (this.#held.get(snapshot.id)?.version ?? -1)) continue;
      this.#held.set(snapshot.id, snapshot);
      this.refreshes.arrived(snapshot);
      const whole = this.#widgets.find(({ id }) => id === snapshot.id)?.partOf;
      if (whole !== undefined) this.refreshes.arrived({ ...snapshot, id: whole });
    }
    this.#draw();
  }

  /** Looks at every widget there is, until it is told otherwise. */
  lookAtAll(all: boolean): void {
    this.#all = all;
    this.watchShown();
  }

  /** Is sent what is looked at and nothing else; in a tab that nobody sees, nothing at all. */
  watchShown(): void {
    if (!this.#watching) return;
    const shown = this.#all ? this.widgets : this.places.filter(({ collapsed }) => !collapsed).map(({ widget }) => widget);
    const ids = document.hidden ? [] : shown.flatMap(({ id }) => [id, ...(this.#parts.get(id) ?? []).map(part => part.id)]);
    live.watch(ids, () => void this.read());
  }

  /** Asks for the whole. @throws what is no answer of the server's. */
  async read(): Promise<void> {
    const view = await call('GET /dashboard', { query: this.#all ? { all: 'yes' } : {} }).catch((error: unknown) => void explain(error));
    // With no answer the figures stay, and their stamps say how old they are; the link's return reads again.
    if (view) this.take(view);
  }

  /** Follows the link as long as the dashboard stands. @returns what ends that. */
  watch(): () => void {
    const draw = () => {
      this.watchShown();
      this.#draw();
    };
    this.#watching = true;
    this.watchShown();
    document.addEventListener('visibilitychange', draw);
    const ends = [
      live.on('widgets:refreshed', snapshots => this.show(snapshots)),
      live.on('layout:changed', version => {
        if (version !== this.layout.version) void this.read();
      }),
      live.follow(() => {
        void this.read();
        void this.#bringDue();
      }),
      () => this.#endDue?.(),
      pause.onEnd(draw),
      () => document.removeEventListener('visibilitychange', draw),
      () => clearTimeout(this.#timer),
      () => pause.end(),
      () => {
        this.#watching = false;
        this.#endDue = undefined;
        live.watch([], () => undefined);
      },
    ];
    return () => ends.forEach(end => end());
  }

  /** To-dos come after the first paint; where that fails, with the link's next return. */
  async #bringDue(): Promise<void> {
    const due = await import('./todos/attention.ts').catch(() => undefined);
    if (!due || !this.#watching || this.#endDue) return;
    this.#endDue = due.watchTodos();
    this.#due = due.dueTodos;
  }

  /** Shows all that is due, and comes back for what is not yet. */
  #draw(): void {
    clearTimeout(this.#timer);
    if (document.hidden || pause.since !== undefined) return;
    const now = performance.now();
    const next = new Map(this.#shown);
    let wait = Infinity;
    for (const [id, snapshot] of this.#held) {
      if (snapshot === next.get(id)) continue;
      const left = (this.#drawnAt.get(id) ?? -Infinity) + FRAME_MS - now;
      if (left > 0) {
        wait = Math.min(wait, left);
        continue;
      }
      next.set(id, snapshot);
      this.#drawnAt.set(id, now);
      this.#shown = next;
    }
    if (wait < Infinity) this.#timer = setTimeout(() => this.#draw(), wait);
  }
}
export const board = new Board();
