/** Longest silence in ms: the server sends a beat every 2 s, so two may be late and the page still knows within 5 s. */
const SILENCE_MS = 4500;
/** A look that comes this much after the last one was held up, by sleep or by the page's own work. */
const LATE_MS = 2000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** Judges whether the other side is still there by what was heard of it, since a socket says "open" long after its cable is cut. */
export class Watch {
  #heardAt = Date.now();
  #lookedAt = Date.now();
  #spared = false;

  heard(now: number): void {
    this.#heardAt = now;
  }

  /** Takes a look. After a late one the words that came meanwhile still wait in line: they get until the next look, once. */
  isDead(now: number): boolean {
    this.#spared = !this.#spared && now - this.#lookedAt > LATE_MS;
    this.#lookedAt = now;
    return now - this.#heardAt > SILENCE_MS && !this.#spared;
  }
}

/**
 * How long to wait after so many failed tries, in ms: longer each time, and spread over the whole range, so that a thousand
 * pages that lost the same server do not come back together.
 */
export const retryDelay = (failures: number, random = Math.random()): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures * 2 * random);
