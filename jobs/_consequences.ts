import { requestRebuild } from '#server/dashboard/rebuild.ts';
import { writerOf } from '#server/activity/present.ts';
import { presentActivity } from '#server/events/present.ts';
import type { Sealed } from '#server/events/seal.ts';
import { announce } from '#server/notifications/announce.ts';
import { hasten } from '#server/notifications/enqueue.ts';
import { room } from '#server/platform/live/rooms.ts';
import { project } from '#server/projections/project.ts';
import { heeds } from '#server/widgets/_widget.ts';
import { toldInEach } from '#server/words/told.ts';
import type { Batch } from './_dispatch.ts';
import type { WorkTools } from './job.ts';

/** How many entries of the activity log travel in one message. */
const ENTRIES_AT_ONCE = 100;
/** How long the business figures may be caught up with before events that wait have their turn, in ms. */
const LONGEST_CATCHING_UP = 1000;
/** After these Gravatar may know another picture of somebody. */
const PICTURES_FOLLOW: ReadonlySet<string> = new Set([
  'admin.added',
  'admin.edited',
  'admin.enabled',
  'settings.changed',
  'setup.completed',
]);

/** What follows from events once they have their numbers. All of it goes by Redis, and none of it is lost while that is away. */
export class Consequences {
  readonly #tools: WorkTools;
  /** Widgets that show something old, by id, until their rebuild is queued. */
  readonly #stale = new Set<string>();
  /** Whether there may be events that are not in the business figures yet. */
  #behind = true;
  #failing = false;

  constructor(tools: WorkTools) {
    this.#tools = tools;
  }

  /** Counts every widget as old: what happened while nobody worked is not known. */
  everythingIsStale(): void {
    for (const { id, load } of this.#tools.widgets.values()) if (load) this.#stale.add(id);
  }

  async draw({ sealed, deliveries }: Batch): Promise<void> {
    this.#mark(new Set(sealed.map(({ event }) => event.type)));
    this.#behind = true;
    await this.#announce(sealed);
    await this.#deliver(deliveries);
    await this.#refreshPictures(sealed);
    await this.settleStale();
  }

  /** Brings the business figures up to date and queues the rebuild of what is old. @returns whether nothing is left to do */
  async settleStale(): Promise<boolean> {
    await this.#project();
    try {
      for (const id of this.#stale) {
        await requestRebuild(this.#tools.producer, id, this.#tools.widgets.get(id)?.cache);
        this.#stale.delete(id);
      }
    } catch {
      return false; // Redis is away, and its connection has said so
    }
    return !this.#behind;
  }

  /** What shows these figures is old once more when they have caught up, though its event was long ago. */
  async #project(): Promise<void> {
    const until = Date.now() + LONGEST_CATCHING_UP;
    try {
      while (this.#behind && Date.now() < until) {
        const { types, behind } = await project(this.#tools.orm.em);
        this.#mark(types);
        this.#behind = behind;
      }
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#tools.log.error({ err: error }, 'dispatch: the business figures stand still');
      this.#failing = true;
    }
  }

  #mark(types: ReadonlySet<string>): void {
    for (const widget of this.#tools.widgets.values()) {
      if ([...types].some(type => heeds(widget, type))) this.#stale.add(widget.id);
    }
  }

  async #announce(sealed: readonly Sealed[]): Promise<void> {
    const { orm } = this.#tools;
    for (let from = 0; from < sealed.length; from += ENTRIES_AT_ONCE) {
      const some = sealed.slice(from, from + ENTRIES_AT_ONCE);
      // with the database away they are told without their devices rather than not at all
      const write = await writerOf(orm.em.fork(), some).catch(() => () => some.map(({ event, seq }) => presentActivity(event, seq)));
      this.#tools.broadcast.send(room.may('activity.view'), 'activity:added', toldInEach(write));
    }
  }

  /** Another address, another wish of a person's or of the organisation's: perhaps another picture. Else the clock brings it. */
  async #refreshPictures(sealed: readonly Sealed[]): Promise<void> {
    if (!sealed.some(({ event }) => PICTURES_FOLLOW.has(event.type))) return;
    await this.#tools.producer.add('refresh-gravatars', {}, { key: 'all' }).catch(() => undefined); // Redis is away, and has said so
  }

  /** What cannot be queued now is found in its rows, and queued, by the sweeper. Who watches the delivery log sees it wait. */
  async #deliver(deliveries: Batch['deliveries']): Promise<void> {
    const { orm, log } = this.#tools;
    await hasten(
      this.#tools,
      deliveries.filter(({ due }) => due),
    );
    const ids = deliveries.map(({ id }) => id);
    await announce(orm.em, this.#tools, ids).catch((error: unknown) => log.warn({ err: error }, 'dispatch: deliveries not shown yet'));
  }
}
