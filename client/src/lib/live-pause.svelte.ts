/** *Pause live updates*, for the whole page: what comes meanwhile is kept aside, so that somebody can read in peace. */
class Pause {
  /** Since when, in ms; undefined while things move. */
  since = $state<number>();
  readonly #resumed = new Set<() => void>();

  toggle(): void {
    if (this.since === undefined) this.since = Date.now();
    else this.end();
  }

  end(): void {
    if (this.since === undefined) return;
    this.since = undefined;
    for (const show of this.#resumed) show();
  }

  /** Calls `show` when things move again. @returns what ends that. */
  onEnd(show: () => void): () => void {
    this.#resumed.add(show);
    return () => this.#resumed.delete(show);
  }
}
export const pause = new Pause();
