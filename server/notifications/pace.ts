import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '../platform/db/columns.ts';
import { databaseNow } from '../platform/db/now.ts';
import { organisation } from '../settings/queries.ts';
import { say } from '../words/say.ts';
import type { Rule } from './Rule.ts';
import { type Collector, Pace, type Place } from './pacing.ts';
import type { Match, NewDelivery } from './plan.ts';
import { clockTime } from '../words/moments.ts';

const isPaced = ({ pacing: { quiet, throttle, digest } }: Rule): boolean => (quiet ?? throttle ?? digest) !== null;

/** What gathers for a target of a rule now. */
interface Open {
  id: string;
  /** ms since 1970. */
  at: number;
}

/** What a rule's throttle counts of a target. */
async function dueOf(em: EntityManager, { rule: { id, pacing }, delivery }: Match): Promise<number[]> {
  const { throttle } = pacing;
  if (!throttle) return [];
  const rows = await em.execute<{ due: number }[]>(
    `select floor(extract(epoch from due_at) * 1000)::float8 as due from delivery
      where rule_id = ? and provider = ? and target_key = ? and due_at > now() - ? * interval '1 minute' and collects is null and not test
      order by due_at desc limit ?`,
    [id, delivery.provider, delivery.targetKey, throttle.minutes, throttle.most],
  );
  return rows.map(({ due }) => due);
}

/** Tells what gathers for a target apart from the messages to it. */
const gatheringKey = (into: Collector, { targetKey }: NewDelivery): string => `${into} ${targetKey}`;

/**
 * The summary or digest that gathers for a target of a rule. It is locked: either its worker waits, and finds in it what is added now, or it has
 * begun already, and another is opened. One that is sent once more gathers nothing.
 */
async function openOf(em: EntityManager, { rule: { id, pacing }, delivery }: Match): Promise<Open | undefined> {
  const into: Collector = pacing.digest ? 'digest' : 'summary';
  const [open] = await em.execute<Open[]>(
    `select id, floor(extract(epoch from due_at) * 1000)::float8 as at from delivery
      where rule_id = ? and provider = ? and target_key = ? and collects = ? and state = 'queued' and next_try_at = due_at and due_at > now()
      order by due_at desc limit 1 for update`,
    [id, delivery.provider, gatheringKey(into, delivery), into],
  );
  return open;
}

const TITLES: Record<Collector, (rule: string) => string> = {
  summary: rule => say('What the limit of “{rule}” held back', { rule }),
  digest: rule => say('Digest of “{rule}”', { rule }),
};

/** Why something is told of by a summary or a digest, and by which. */
function gatheredBecause(into: Collector, { pacing: { throttle } }: Rule, at: string): string {
  if (into === 'digest') return say('In the digest of {at}.', { at });
  if (!throttle) return say('More than its rule allows: in the summary of {at}.', { at });
  return say('More than {most} in {minutes} min: in the summary of {at}.', { most: throttle.most, minutes: throttle.minutes, at });
}

/** A delivery where its rule's pace puts it, before it what tells of it, where that is new. */
class Placing {
  readonly #rule: Rule;
  readonly #zone: string;
  #open: Open | undefined;

  constructor(rule: Rule, zone: string, open: Open | undefined) {
    this.#rule = rule;
    this.#zone = zone;
    this.#open = open;
  }

  put(delivery: NewDelivery, place: Place): NewDelivery[] {
    switch (place.kind) {
      case 'go':
        return [{ ...delivery, dueAt: place.at }];
      case 'drop':
        return [
          {
            ...delivery,
            dueAt: null,
            reason: say('It fell into quiet hours, which last until {until}.', { until: this.#clock(place.until) }),
          },
        ];
      case 'gather': {
        const { collector, opened } = this.#collector(delivery, place);
        return [
          ...opened,
          { ...delivery, dueAt: null, toldBy: collector.id, reason: gatheredBecause(place.into, this.#rule, this.#clock(place.at)) },
        ];
      }
    }
  }

  #clock(at: Date): string {
    return clockTime(at, this.#zone);
  }

  #collector(delivery: NewDelivery, { into, at }: Place & { kind: 'gather' }): { collector: Open; opened: NewDelivery[] } {
    if (this.#open?.at === at.getTime()) return { collector: this.#open, opened: [] };
    this.#open = { id: uuidv7(), at: at.getTime() };
    const collector: NewDelivery = {
      ...delivery,
      id: this.#open.id,
      targetKey: gatheringKey(into, delivery),
      about: TITLES[into](this.#rule.name),
      dueAt: at,
      collects: into,
    };
    return { collector: this.#open, opened: [collector] };
  }
}

/** What paces the messages of one rule to one target. */
interface Placer {
  pace: Pace;
  placing: Placing;
}
async function placerFor(em: EntityManager, match: Match, timeZone: string): Promise<Placer> {
  const open = await openOf(em, match);
  const standing = { due: await dueOf(em, match), open: open && new Date(open.at) };
  return { pace: new Pace(match.rule.pacing, timeZone, standing), placing: new Placing(match.rule, timeZone, open) };
}

/** What is counted together: whoever reads a channel is spared by what came there, whatever else the rule sends to. */
const lineOf = ({ rule, delivery }: Match): string => `${rule.id} ${delivery.provider} ${delivery.targetKey}`;

/**
 * Puts the messages of each rule to each target where its quiet hours, throttle or digest want them. Rules that have any are locked
 * until the end of the transaction: whoever plans for them at once waits, so that no cap is passed by two who count together.
 * @param matches in the order of their events
 */
export async function pace(em: EntityManager, matches: readonly Match[]): Promise<NewDelivery[]> {
  const paced = matches.filter(({ rule }) => isPaced(rule));
  if (paced.length === 0) return matches.map(({ delivery }) => delivery);
  await em.execute('select id from rule where id in (?) order by id for no key update', [[...new Set(paced.map(({ rule }) => rule.id))]]);
  const { timeZone } = await organisation(em);
  const now = await databaseNow(em);
  const placers = new Map<string, Placer>();
  for (const match of paced) {
    const line = lineOf(match);
    if (!placers.has(line)) placers.set(line, await placerFor(em, match, timeZone));
  }
  return matches.flatMap(match => {
    const placer = placers.get(lineOf(match));
    return placer ? placer.placing.put(match.delivery, placer.pace.place(now)) : [match.delivery];
  });
}
