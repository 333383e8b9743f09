import type { EntityManager } from '@mikro-orm/postgresql';
import type { Happening } from './facts.ts';
import type { Delivery } from './Delivery.ts';
import type { Rule } from './Rule.ts';

type Own = Pick<
  Delivery,
  'id' | 'provider' | 'target' | 'targetLabel' | 'about' | 'test' | 'state' | 'tries' | 'nextTryAt' | 'createdAt' | 'version'
>;

/** A delivery with all that its message is made of. One that was loaded with its event and its rule's owner is one too. */
export interface Sending extends Own {
  mail?: string | null | undefined;
  text?: string | null | undefined;
  reason?: string | null | undefined;
  collects?: Delivery['collects'];
  finishedAt?: Date | null | undefined;
  toldBy?: { id: string } | null | undefined;
  event: Happening & { id: string };
  rule?: (Pick<Rule, 'id' | 'name' | 'events' | 'enabled' | 'deletedAt' | 'pacing'> & { owner: RuleOwner }) | null | undefined;
}
interface RuleOwner {
  name: string;
  disabledAt?: Date | null | undefined;
}
/** One that is about to be sent. */
export interface DueSending extends Sending {
  /** The number of its event in the activity log; null before it has one. */
  seq: number | null;
}

interface Row extends Omit<Own, 'targetLabel' | 'nextTryAt' | 'createdAt'> {
  mail: string | null;
  text: string | null;
  reason: string | null;
  collects: NonNullable<Delivery['collects']> | null;
  target_label: string;
  told_by_id: string | null;
  next_try_at: string;
  created_at: string;
  finished_at: string | null;
  event_id: string;
  type: string;
  at: string;
  actor_name: string;
  facts: Happening['facts'];
  seq: string | null;
  rule_id: string | null;
  rule: string;
  events: string[];
  enabled: boolean;
  deleted_at: string | null;
  pacing: Rule['pacing'];
  owner: string;
  disabled_at: string | null;
}

const SENDING = `
  select d.id, d.mail, d.provider, d.target, d.target_label, d.about, d.text, d.test, d.state, d.reason, d.tries, d.next_try_at, d.collects,
         d.told_by_id, d.created_at, d.finished_at, d.version, e.id as event_id, e.type, e.at, e.actor_name, e.facts, s.seq,
         r.id as rule_id, r.name as rule, r.events, r.enabled, r.deleted_at, r.pacing, a.first_name || ' ' || a.last_name as owner, a.disabled_at
    from delivery d join event e on e.id = d.event_id left join event_seal s on s.event_id = e.id
    left join rule r on r.id = d.rule_id left join admin a on a.id = r.owner_id
   where d.id = ?`;

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));

function ruleOf({ rule_id: id, rule: name, events, enabled, deleted_at, pacing, owner, disabled_at }: Row): Sending['rule'] {
  if (id === null) return null;
  return { id, name, events, enabled, pacing, deletedAt: moment(deleted_at), owner: { name: owner, disabledAt: moment(disabled_at) } };
}

/**
 * Reads a delivery to send it, as it is now. By hand: to make entities of four rows took more time than all else that a message takes.
 * @throws Error when there is none
 */
export async function sendingOf(em: EntityManager, id: string): Promise<DueSending> {
  const [row] = await em.execute<Row[]>(SENDING, [id]);
  if (!row) throw new Error(`there is no delivery ${id}`);
  const { target_label, told_by_id, next_try_at, created_at, finished_at, event_id, type, at, actor_name, facts, seq } = row;
  return {
    id: row.id,
    mail: row.mail,
    provider: row.provider,
    target: row.target,
    targetLabel: target_label,
    about: row.about,
    text: row.text,
    test: row.test,
    state: row.state,
    reason: row.reason,
    tries: row.tries,
    nextTryAt: new Date(next_try_at),
    collects: row.collects,
    toldBy: told_by_id === null ? null : { id: told_by_id },
    createdAt: new Date(created_at),
    finishedAt: moment(finished_at),
    version: row.version,
    event: { id: event_id, type, at: new Date(at), actorName: actor_name, facts },
    seq: seq === null ? null : Number(seq),
    rule: ruleOf(row),
  };
}
