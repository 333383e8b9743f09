import type { RosterDiff, RosterRow, RosterSnapshot } from '#contract/presence.ts';
import { call } from './api.ts';
import { live } from './live.svelte.ts';
import { pause } from './live-pause.svelte.ts';
import { explain } from './problem.ts';
import { type Ledger, after, ledgerOf, supersedes } from './roster-ledger.ts';

/** After a gap that many pages saw at once, they ask within this time. */
const SPREAD_MS = 1000;
/** How long the number of a crowd may be in doubt. */
const DOUBT_MS = 30_000;

/** Who has the admin area open, kept up to date by numbered differences. */
export class Roster {
  #held: Ledger | undefined;
  #shown = $state.raw<Ledger>();
  /** Differences that came while the whole was being asked for. */
  #missed: RosterDiff[] = [];
  #asking = false;
  #doubt: ReturnType<typeof setTimeout> | undefined;
  readonly #read: () => Promise<RosterSnapshot>;

  /** Those who came first stand first, so that nobody's row moves when somebody comes. */
  readonly people: RosterRow[] = $derived(
    [...(this.#shown?.people.values() ?? [])].sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1)),
  );
  readonly total = $derived(this.#shown?.total ?? 0);
  readonly known = $derived(this.#shown !== undefined);

  /** @param read asks for the whole. */
  constructor(read: () => Promise<RosterSnapshot>) {
    this.#read = read;
  }

  /** What this page holds: the server sends the rest. */
  get holding(): { epoch?: string; version?: number } {
    return this.#held ? { epoch: this.#held.epoch, version: this.#held.version } : {};
  }

  /** Takes a whole roster unless a newer one is held. */
  show(snapshot: RosterSnapshot): void {
    const next = ledgerOf(snapshot);
    if (supersedes(next, this.#held)) this.#hold(next);
  }

  /** Takes a difference; after a gap asks for the whole, once. */
  apply(diff: RosterDiff): void {
    const next = this.#asking || !this.#held ? 'gap' : after(this.#held, diff);
    if (next !== 'gap') {
      this.#hold(next);
      return;
    }
    this.#missed.push(diff);
    void this.ask();
  }

  /** Shows what came while the page was paused. */
  resume(): void {
    this.#shown = this.#held;
  }

  async ask(): Promise<void> {
    if (this.#asking) return;
    clearTimeout(this.#doubt);
    this.#doubt = undefined;
    this.#asking = true;
    await new Promise(done => setTimeout(done, Math.random() * SPREAD_MS));
    const snapshot = await this.#read().catch((error: unknown) => void explain(error));
    this.#asking = false;
    const missed = this.#missed;
    this.#missed = [];
    // With no answer the next difference asks again, or the return of the link.
    if (!snapshot) return;
    this.show(snapshot);
    for (const diff of missed) this.apply(diff);
  }

  #hold(next: Ledger): void {
    this.#held = next;
    if (next.doubtful) this.#doubt ??= setTimeout(() => void this.ask(), DOUBT_MS);
    if (pause.since === undefined || !this.#shown) this.#shown = next;
  }
}

export const roster = new Roster(() => call('GET /presence'));
live.holding = () => roster.holding;
live.on('presence:roster', snapshot => roster.show(snapshot));
live.on('presence:changed', diff => roster.apply(diff));
// Whoever may not see the roster never got one, and does not ask.
live.on('live:resync', () => {
  if (roster.known) void roster.ask();
});
pause.onEnd(() => roster.resume());
