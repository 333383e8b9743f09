import { randomUUID } from 'node:crypto';
import type { Holding } from '#contract/live.ts';
import type { RosterSnapshot } from '#contract/presence.ts';
import type { Attendance, Parting } from '../platform/live/attendance.ts';
import { Coalescer } from '../platform/live/coalescer.ts';
import type { Person, Visitor } from '../platform/live/visitor.ts';
import type { Log } from '../platform/log.ts';
import { type RedisClient, RedisUnavailable } from '../platform/redis.ts';
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
  readonly id = randomUUID();
  readonly #redis: RedisClient;
  readonly #log: Pick<Log, 'warn' | 'error'>;
  readonly #timing: Timing;
  readonly #store: Store;
  readonly #people: People;
  readonly #neighbours: Neighbours;
  readonly #copy: RosterCopy;
  readonly #window = new Coalescer<'roster'>(() => void this.#flush());
  readonly #timers: NodeJS.Timeout[];
  #writing = false;
  /** What is in Redis may not be what we believe: the next write is of everything. */
  #doubtful = true;
  #settling: NodeJS.Timeout | undefined;
  #moving = false;

  constructor({ redis, log, prefix, timing, onSeen, showsPage }: PresenceOptions) {
    this.#redis = redis;
    this.#log = log;
    this.#timing = { ...TIMING, ...timing };
    this.#store = new Store(redis, prefix);
    this.#copy = new RosterCopy(this.#store, error => this.#failed(error));
    this.#people = new People(this.#timing, showsPage);
    this.#neighbours = new Neighbours(this.#store, this.#timing, error => this.#failed(error));
    this.#timers = [
      setInterval(() => void this.#beat(), this.#timing.beat),
      setInterval(() => this.#sweep(), this.#timing.sweep),
      setInterval(
        () => void onSeen?.(this.#people.takeSeen()).catch((err: unknown) => log.error({ err }, 'presence: last seen')),
        this.#timing.seen,
      ),
    ];
    redis.on('ready', this.#unsettle);
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

  showTo(deliver: (packet: string) => void): void {
    this.#copy.showTo(deliver);
  }

  arrived(tab: string, visitor: Visitor): void {
    this.#people.arrive(tab, visitor, Date.now());
    this.#window.poke('roster');
  }

  here(tab: string, at: { away: boolean; page: string }): void {
    this.#people.here(tab, at, Date.now());
    this.#window.poke('roster');
  }

  heard(tab: string): void {
    this.#people.heard(tab, Date.now());
    if (this.#people.touched) this.#window.poke('roster');
  }

  left(tab: string, how: Parting): void {
    if (this.#moving) return;
    this.#people.leave(tab, how, Date.now());
    if (this.#people.touched) this.#window.poke('roster');
  }

  profileChanged(adminId: string, person: Person, profileVersion: number): void {
    this.#people.profileChanged(adminId, person, profileVersion);
    this.#window.poke('roster');
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
    if (this.#copy.roster.epoch !== undefined) {
      this.#unsettle();
      return;
    }
    this.#neighbours.judgeFrom(performance.now() + this.#timing.settle);
    await this.#flush();
    await this.#copy.read();
  }

  async moving(): Promise<void> {
    this.#moving = true;
    for (const timer of [...this.#timers, this.#settling]) clearInterval(timer);
    this.#neighbours.stop();
    this.#redis.off('ready', this.#unsettle);
    await this.#store.move(this.id, this.#timing.lease).catch((error: unknown) => this.#failed(error));
  }

  #sweep(): void {
    this.#people.sweep(Date.now());
    if (this.#people.touched) this.#window.poke('roster');
  }

  /** One write at a time; what changes meanwhile is in the next. A failed one is made good by the next beat, with everything. */
  async #flush(): Promise<void> {
    if (this.#writing || this.#moving) return;
    this.#writing = true;
    const written = await this.#write();
    this.#writing = false;
    if (written && (this.#people.touched || this.#doubtful)) this.#window.poke('roster');
  }

  /** @returns false when Redis could not be asked. */
  async #write(): Promise<boolean> {
    const whole = this.#doubtful;
    const count = this.#people.written;
    const entries = whole ? this.#people.whole() : this.#people.changes();
    if (!whole && entries.length === 0) return true;
    try {
      this.#doubtful = !(await this.#store.write(this.id, entries, whole, count, this.#timing.lease));
      return true;
    } catch (error) {
      this.#doubtful = true;
      this.#failed(error);
      return false;
    }
  }

  async #beat(): Promise<void> {
    try {
      const { intact, epoch, others } = await this.#store.beat(this.id, this.#people.written, this.#timing.lease);
      if (epoch !== this.#copy.roster.epoch) this.#unsettle();
      if (!intact) this.#doubtful = true;
      if (this.#doubtful) this.#window.poke('roster');
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
