import type { Parting } from '../platform/live/attendance.ts';
import { type Person, type Visitor, personVersion } from '../platform/live/visitor.ts';
import { type Tab, entryOf, judge } from './entry.ts';
import type { Timing } from './timing.ts';

/** A person with a tab at this process. */
interface Member {
  person: Person;
  /** The `personVersion` of that. */
  knownAt: number;
  since: number;
  tabs: Set<Tab>;
}

/**
 * The people of one process and their tabs, in memory. Told of what happens and of the time (ms), it knows what has to be written down.
 * A tab that was closed stays for the grace as it was; one that arrives meanwhile takes its place, so that a reload is no news.
 */
export class People {
  readonly #timing: Pick<Timing, 'grace' | 'silence'>;
  readonly #showsPage: () => boolean;
  readonly #tabs = new Map<string, Tab>();
  readonly #closed = new Set<Tab>();
  readonly #members = new Map<string, Member>();
  readonly #touched = new Set<string>();
  /** The entries as they were last written. */
  readonly #written = new Map<string, string>();
  #seen = new Set<string>();

  constructor(timing: Pick<Timing, 'grace' | 'silence'>, showsPage: () => boolean = () => true) {
    this.#timing = timing;
    this.#showsPage = showsPage;
  }

  /** Something happened since the changes were last asked for; perhaps nothing that has to be written. */
  get touched(): boolean {
    return this.#touched.size > 0;
  }

  get size(): number {
    return this.#members.size;
  }

  /** How many entries were written. */
  get written(): number {
    return this.#written.size;
  }

  arrive(id: string, visitor: Visitor, now: number): void {
    const { adminId, person } = visitor;
    const member = this.#members.get(adminId) ?? { person, knownAt: -1, since: now, tabs: new Set() };
    this.#members.set(adminId, member);
    this.#know(member, person, personVersion(visitor));
    const tab = this.#successor(adminId, member, now);
    member.tabs.add(tab);
    this.#tabs.set(id, tab);
    this.#seen.add(adminId);
    this.#touched.add(adminId);
  }

  /** @param page a path. */
  here(id: string, { away, page }: { away: boolean; page: string }, now: number): void {
    const tab = this.#tabs.get(id);
    if (!tab) return;
    tab.heardAt = now;
    tab.silent = false;
    tab.said = true;
    tab.awaySince = away ? (tab.awaySince ?? now) : undefined;
    if (!away) this.#seen.add(tab.adminId);
    if (tab.page !== page) Object.assign(tab, { page, pageAt: now });
    this.#touched.add(tab.adminId);
  }

  heard(id: string, now: number): void {
    const tab = this.#tabs.get(id);
    if (!tab) return;
    tab.heardAt = now;
    if (!tab.silent) return;
    tab.silent = false;
    this.#touched.add(tab.adminId);
  }

  leave(id: string, how: Parting, now: number): void {
    const tab = this.#tabs.get(id);
    if (!tab) return;
    this.#tabs.delete(id);
    if (how === 'closed') {
      tab.closedAt = now;
      this.#closed.add(tab);
      return;
    }
    const ended = how === 'signed_out' ? [...this.#closed].filter(({ adminId }) => adminId === tab.adminId) : [];
    for (const gone of [tab, ...ended]) this.#remove(gone);
  }

  profileChanged(adminId: string, person: Person, version: number): void {
    const member = this.#members.get(adminId);
    if (!member) return;
    this.#know(member, person, version);
    this.#touched.add(adminId);
  }

  /** Whose grace is over is gone; whoever has not been heard for too long is silent. */
  sweep(now: number): void {
    for (const tab of this.#closed) if (now - (tab.closedAt ?? now) >= this.#timing.grace) this.#remove(tab);
    for (const tab of this.#tabs.values()) {
      if (tab.silent || now - tab.heardAt < this.#timing.silence) continue;
      tab.silent = true;
      this.#touched.add(tab.adminId);
    }
  }

  /** The entries that differ from what was last written, "" for one to take out; from now on they count as written. */
  changes(): [id: string, entry: string][] {
    const changes: [string, string][] = [];
    for (const id of this.#touched) {
      const member = this.#members.get(id);
      const entry = member ? entryOf(member, this.#showsPage()) : '';
      if ((this.#written.get(id) ?? '') === entry) continue;
      changes.push([id, entry]);
      if (entry === '') this.#written.delete(id);
      else this.#written.set(id, entry);
    }
    this.#touched.clear();
    return changes;
  }

  /** All entries; from now on they count as written. */
  whole(): [id: string, entry: string][] {
    this.#written.clear();
    for (const id of this.#members.keys()) this.#touched.add(id);
    return this.changes();
  }

  /** Who was at work since it was last asked. */
  takeSeen(): string[] {
    const seen = this.#seen;
    this.#seen = new Set();
    for (const [id, member] of this.#members) if (judge(member).state === 'online') seen.add(id);
    return [...seen];
  }

  #know(member: Member, person: Person, at: number): void {
    if (at <= member.knownAt) return;
    member.person = person;
    member.knownAt = at;
  }

  /** A new tab in the place of one closed a moment ago, if there is one; else one that is away as long as its person is, until it speaks. */
  #successor(adminId: string, member: Member, now: number): Tab {
    const predecessor = [...member.tabs].find(tab => tab.closedAt !== undefined);
    if (predecessor) {
      this.#closed.delete(predecessor);
      member.tabs.delete(predecessor);
      return { ...predecessor, heardAt: now, silent: false, closedAt: undefined };
    }
    const { state, stateSince } = judge(member);
    const awaySince = state === 'away' ? stateSince : undefined;
    return { adminId, heardAt: now, silent: false, said: false, awaySince, page: undefined, pageAt: 0, closedAt: undefined };
  }

  #remove(tab: Tab): void {
    this.#closed.delete(tab);
    const member = this.#members.get(tab.adminId);
    member?.tabs.delete(tab);
    if (member?.tabs.size === 0) this.#members.delete(tab.adminId);
    this.#touched.add(tab.adminId);
  }
}
