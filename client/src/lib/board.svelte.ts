/* eslint-disable svelte/prefer-svelte-reactivity -- collections are replaced whole, or nothing draws them */
import type { DashboardView } from '#contract/dashboard.ts';
import type { WidgetSnapshot } from '#contract/widgets.ts';
import { call } from './api.ts';
import { Refreshes } from './board-refreshes.svelte.ts';
import { live } from './live.svelte.ts';
import { pause } from './live-pause.svelte.ts';
import { explain } from './problem.ts';
import { gather } from './widgets/gather.ts';
import { roster } from './roster.svelte.ts';

/** What is known of a widget beside its figures. The right it needs may be an extension's own. */
export type Placed = DashboardView['widgets'][number];

const isPart = (widget: Placed): widget is Placed & { partOf: string } => widget.partOf !== undefined;

/** A widget that changes ten times a second is drawn four times: nobody reads faster. */
const FRAME_MS = 250;

/** The widgets somebody may see, and the newest snapshot of each. Older never replaces newer, whichever road it came by. */
export class Board {
  #widgets = $state.raw<readonly Placed[]>([]);
  #shown = $state.raw<ReadonlyMap<string, WidgetSnapshot>>(new Map());
  /** The newest of each; shown when its time has come and somebody can see it. */
  readonly #held = new Map<string, WidgetSnapshot>();
  readonly #drawnAt = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What a widget shows of other widgets: their ids, by its own. */
  readonly #parts = $derived(Map.groupBy(this.#widgets.filter(isPart), ({ partOf }) => partOf));
  readonly refreshes = new Refreshes(id => Math.max(0, ...this.#snapshots(this.#held, id).map(({ version }) => version)));

  /** Those that have a place, in the order of the layout. */
  get widgets(): readonly Placed[] {
    return this.#widgets.filter(widget => !isPart(widget));
  }

  /** What a widget shows; of one that gathers parts, theirs together. */
  snapshotOf(id: string): WidgetSnapshot | undefined {
    return this.#parts.has(id) ? gather(id, this.#snapshots(this.#shown, id)) : this.#shown.get(id);
  }

  #snapshots(among: ReadonlyMap<string, WidgetSnapshot>, id: string): WidgetSnapshot[] {
    const ids = this.#parts.get(id)?.map(part => part.id) ?? [id];
    return ids.flatMap(each => among.get(each) ?? []);
  }

  /** Takes the dashboard whole: what it no longer names may not be seen any more. */
  take({ widgets, snapshots, roster: people }: DashboardView): void {
    this.#widgets = widgets;
    const ids = new Set(widgets.map(({ id }) => id));
    for (const id of this.#held.keys()) if (!ids.has(id)) this.#held.delete(id);
    this.#shown = new Map([...this.#shown].filter(([id]) => ids.has(id)));
    this.show(snapshots);
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

  /** Asks for the whole. @throws what is no answer of the server's. */
  async read(): Promise<void> {
    const view = await call('GET /dashboard').catch((error: unknown) => void explain(error));
    // With no answer the figures stay, and their stamps say how old they are; the link's return reads again.
    if (view) this.take(view);
  }

  /** Follows the link as long as the dashboard stands. @returns what ends that. */
  watch(): () => void {
    const draw = () => this.#draw();
    document.addEventListener('visibilitychange', draw);
    const ends = [
      live.on('widgets:refreshed', snapshots => this.show(snapshots)),
      live.follow(() => void this.read()),
      pause.onEnd(draw),
      () => document.removeEventListener('visibilitychange', draw),
      () => clearTimeout(this.#timer),
      () => pause.end(),
    ];
    return () => ends.forEach(end => end());
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
