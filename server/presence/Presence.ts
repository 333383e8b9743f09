import { randomUUID } from 'node:crypto';
import type { Holding } from '#contract/live.ts';
import type { RosterSnapshot } from '#contract/presence.ts';
import type { Attendance, Parting } from '../platform/live/attendance.ts';
import type { Person, Visitor } from '../platform/live/visitor.ts';
import type { Log } from '../platform/log.ts';
import { type RedisClient, RedisUnavailable } from '../platform/redis.ts';
import { Ledger } from './Ledger.ts';
import { Neighbours } from './Neighbours.ts';
import { People } from './People.ts';
import { RosterCopy } from './RosterCopy.ts';
import { Store } from './Store.ts';
import { TIMING, type Timing } from './timing.ts';

export interface PresenceOptions {
  redis: RedisClient;
  log: Pick<Log, 'warn' | 'error'>;
  /** What keeps this installation apart from others on the same Redis. */
  prefix?: string;
  timing?: Partial<Timing>;
  /** Told once a minute who was at work at this process since. */
  onSeen?: (adminIds: string[]) => Promise<void>;
  /** Whether others see which page is open; asked at each change. */
  showsPage?: () => boolean;
}

/**
 * Who has the admin area open, as one server process takes part in it: it writes down its own people, keeps a copy of the
 * roster of all, and takes care that those of a process that died do not stay.
 */
export class Presence implements Attendance {
  /** Random per start: a process that comes back is another one. */
  readonly id: string = randomUUID();
  readonly #redis: RedisClient;
  readonly #log: Pick<Log, 'warn' | 'error'>;
  readonly #timing: Timing;
  readonly #store: Store;
  readonly #people: People;
  readonly #ledger: Ledger;
  readonly #neighbours: Neighbours;
  readonly #copy: RosterCopy;
  readonly #onSeen: PresenceOptions['onSeen'];
  #timers: NodeJS.Timeout[] = [];
  #settling: NodeJS.Timeout | undefined;
  #moving = false;

  constructor({ redis, log, prefix, timing, onSeen, showsPage }: PresenceOptions) {
    this.#redis = redis;
    this.#log = log;
    this.#timing = { ...TIMING, ...timing };
    this.#store = new Store(redis, prefix);
    const failed = (error: unknown): void => this.#failed(error);
    this.#copy = new RosterCopy(this.#store, failed);
    this.#people = new People(this.#timing, showsPage);
    this.#ledger = new Ledger(this.id, this.#people, this.#store, this.#timing.lease, failed);
    this.#neighbours = new Neighbours(this.#store, this.#timing, failed);
    this.#onSeen = onSeen;
  }

  /** @throws RedisUnavailable while it is unknown: never asked, or nothing was heard of Redis for longer than a lease. */
  roster(): RosterSnapshot {
    this.#demandKnown();
    return this.#copy.roster.snapshot();
  }

  /** The same as JSON, made once per version. */
  rosterText(): string {
    this.#demandKnown();
    return this.#copy.roster.text();
  }

  /** Names the state of `rosterText()`, for an ETag; `unknown` where it would throw. */
  rosterVersion(): string {
    return this.#isKnown() ? `${this.#copy.roster.epoch}:${this.#copy.roster.version}` : 'unknown';
  }

  get people(): number {
    return this.#people.size;
  }

  get silence(): number {
    const { answeredAt } = this.#store;
    return Number.isFinite(answeredAt) ? performance.now() - answeredAt : 0;
  }

  showTo(deliver: (packet: string) => void): void {
    this.#copy.showTo(deliver);
  }

  arrived(tab: string, visitor: Visitor): void {
    this.#people.arrive(tab, visitor, Date.now());
    this.#ledger.changed();
  }

  here(tab: string, at: { away: boolean; page: string }): void {
    this.#people.here(tab, at, Date.now());
    this.#ledger.changed();
  }

  heard(tab: string): void {
    this.#people.heard(tab, Date.now());
    this.#ledger.changed();
  }

  left(tab: string, how: Parting): void {
    if (this.#moving) return;
    this.#people.leave(tab, how, Date.now());
    this.#ledger.changed();
  }

  profileChanged(adminId: string, person: Person, profileVersion: number): void {
    this.#people.profileChanged(adminId, person, profileVersion);
    this.#ledger.changed();
  }

  catchUp(holding: Holding): string[] {
    return this.#isKnown() ? this.#copy.roster.since(holding) : [];
  }

  received(packet: string): boolean {
    const foreign = this.#copy.received(packet) === 'foreign';
    if (foreign) this.#unsettle();
    return !foreign;
  }

  async listening(): Promise<void> {
    if (this.#timers.length > 0) {
      this.#unsettle();
      return;
    }
    this.#start();
    this.#neighbours.judgeFrom(performance.now() + this.#timing.settle);
    await this.#ledger.flush();
    await this.#copy.read();
  }

  async moving(): Promise<void> {
    this.#moving = true;
    this.#ledger.close();
    for (const timer of [...this.#timers, this.#settling]) clearInterval(timer);
    this.#neighbours.stop();
    this.#redis.off('ready', this.#unsettle);
    await this.#store.move(this.id, this.#timing.lease).catch((error: unknown) => this.#failed(error));
  }

  #start(): void {
    const { beat, sweep, seen } = this.#timing;
    this.#timers = [
      setInterval(() => void this.#beat(), beat),
      setInterval(() => this.#sweep(), sweep),
      setInterval(() => void this.#onSeen?.(this.#people.takeSeen()).catch((error: unknown) => this.#failed(error)), seen),
    ];
    this.#redis.on('ready', this.#unsettle);
  }

  #sweep(): void {
    this.#people.sweep(Date.now());
    this.#ledger.changed();
  }

  async #beat(): Promise<void> {
    try {
      const { intact, epoch, others } = await this.#store.beat(this.id, this.#people.written, this.#timing.lease);
      if (epoch !== this.#copy.roster.epoch) this.#unsettle();
      this.#ledger.confirm(intact);
      this.#neighbours.watch(others);
    } catch (error) {
      this.#failed(error);
    }
  }

  /**
   * Redis was away or lost its state. Every process writes its people down again, and for that time nobody is missed:
   * the roster stays as it was, and is read when all had their turn.
   */
  readonly #unsettle = (): void => {
    if (this.#settling || this.#moving) return;
    this.#neighbours.judgeFrom(performance.now() + this.#timing.settle);
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      void this.#copy.read();
    }, this.#timing.settle);
    void this.#beat();
  };

  #isKnown(): boolean {
    return this.#copy.roster.epoch !== undefined && performance.now() - this.#store.answeredAt < this.#timing.lease;
  }

  #demandKnown(): void {
    if (!this.#isKnown()) throw new RedisUnavailable('Who is online cannot be known while Redis is away.');
  }

  /** That Redis is away is logged by its client. */
  #failed(err: unknown): void {
    if (!(err instanceof RedisUnavailable)) this.#log.error({ err }, 'presence: a step failed');
  }
}
