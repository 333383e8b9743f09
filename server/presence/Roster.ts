import { z } from 'zod';
import type { Holding } from '#contract/live.ts';
import { type RosterRow, type RosterSnapshot, rosterRow } from '#contract/presence.ts';
import { live } from '../platform/metrics.ts';
import type { Reading } from './Store.ts';

/** How many differences are kept for those who come back. */
const KEPT = 512;
/** Up to this many people are listed whole; beyond it, so many stand in a snapshot beside the number of all. */
const LISTED_WHOLE = 300;
const LISTED_OF_MANY = 100;

const diffPacket = z.tuple([
  z.literal('presence:changed'),
  z.object({ epoch: z.string(), version: z.int(), changed: z.array(rosterRow), gone: z.array(z.string()) }),
]);

const byName = new Intl.Collator('en').compare;

/** Sorted by name, and cut where there are many. */
export function snapshotOf({ epoch, version, people }: Reading): RosterSnapshot {
  const sorted = people.toSorted((a, b) => byName(a.name, b.name) || byName(a.id, b.id));
  return { epoch, version, total: people.length, people: people.length > LISTED_WHOLE ? sorted.slice(0, LISTED_OF_MANY) : sorted };
}

/** This process' copy of the roster: kept up by the differences that are published, and made into text once per version. */
export class Roster {
  #epoch: string | undefined;
  #version = 0;
  readonly #rows = new Map<string, RosterRow>();
  /** The packets that led from one version to the next, by the version they led to. */
  readonly #packets = new Map<number, string>();
  #text: string | undefined;

  get epoch(): string | undefined {
    return this.#epoch;
  }

  get version(): number {
    return this.#version;
  }

  reset({ epoch, version, people }: Reading): void {
    this.#epoch = epoch;
    this.#version = version;
    this.#text = undefined;
    this.#packets.clear();
    this.#rows.clear();
    for (const row of people) this.#rows.set(row.id, row);
  }

  /** @param packet the text of a `presence:changed`. @returns what it was to us; only `applied` and `old` leave the copy right. */
  apply(packet: string): 'applied' | 'old' | 'gap' | 'foreign' {
    const [, diff] = diffPacket.safeParse(JSON.parse(packet.slice(1))).data ?? []; // none: of another version of this program
    if (diff?.epoch !== this.#epoch || !diff) return 'foreign';
    if (diff.version <= this.#version) return 'old';
    if (diff.version > this.#version + 1) return 'gap';
    for (const row of diff.changed) this.#rows.set(row.id, row);
    for (const id of diff.gone) this.#rows.delete(id);
    this.#version = diff.version;
    this.#text = undefined;
    this.#packets.set(diff.version, packet);
    this.#packets.delete(diff.version - KEPT);
    return 'applied';
  }

  snapshot(): RosterSnapshot {
    return snapshotOf({ epoch: this.#epoch ?? '', version: this.#version, people: [...this.#rows.values()] });
  }

  /** The snapshot as JSON. */
  text(): string {
    this.#text ??= JSON.stringify(this.snapshot());
    return this.#text;
  }

  /** The snapshot as a packet. */
  packet(): string {
    live.encodes.inc();
    return `2["presence:roster",${this.text()}]`;
  }

  /** What somebody lacks who holds this: nothing (also when we are the ones behind), what they missed, or all where that is shorter or cannot be told. */
  since({ epoch, version }: Holding): string[] {
    if (epoch !== this.#epoch || version === undefined) return [this.packet()];
    const missed: string[] = [];
    let length = 0;
    for (let next = version + 1; next <= this.#version; next += 1) {
      const packet = this.#packets.get(next);
      length += packet?.length ?? Infinity;
      if (packet === undefined || length > this.text().length) return [this.packet()];
      missed.push(packet);
    }
    return missed;
  }
}
