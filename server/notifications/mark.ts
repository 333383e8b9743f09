import type { EntityManager } from '@mikro-orm/postgresql';
import { Event } from '../events/Event.ts';
import { record } from '../events/record.ts';
import { SYSTEM } from '../platform/actor.ts';
import { say } from '../words/say.ts';
import { Delivery } from './Delivery.ts';
import { MAX_TRIES, waitAfter } from './back-off.ts';
import type { Outcome } from './outcome.ts';
import type { Standing } from './present.ts';
import { storedProviderLabel } from './provider-label.ts';
import { type SystemMail, systemMailOf } from './system-mail.ts';
import type { Claim } from './take.ts';

const REASON_LENGTH = 500; // what the catalogue allows a fact

type Failure = Exclude<Outcome, { kind: 'sent' | 'suppressed' }>;

interface Change {
  state: 'sent' | 'retrying' | 'failed' | 'suppressed';
  reason: string | null;
  /** ms until the next try; undefined when there is none. */
  waitMs?: number;
  /** Whether the try counts. */
  counts: boolean;
  attempt: 'sent' | 'retry' | 'failed' | 'suppressed';
}

function changeOf(outcome: Outcome, tries: number): Change {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', reason: outcome.answer, counts: true, attempt: 'sent' };
    case 'suppressed':
      return { state: 'suppressed', reason: outcome.reason, counts: false, attempt: 'suppressed' };
    case 'failed':
      return { state: 'failed', reason: outcome.reason, counts: true, attempt: 'failed' };
    case 'hold':
      return { state: 'retrying', reason: outcome.reason, waitMs: outcome.ms, counts: false, attempt: 'retry' };
    case 'pause':
      return { state: 'retrying', reason: outcome.reason, waitMs: 0, counts: false, attempt: 'retry' };
    case 'retry': {
      const waitMs = tries < (outcome.most ?? MAX_TRIES) ? waitAfter(tries, Math.random()) : undefined;
      if (waitMs !== undefined) return { state: 'retrying', reason: outcome.reason, waitMs, counts: true, attempt: 'retry' };
      return { state: 'failed', reason: gaveUp(tries, outcome.reason), counts: true, attempt: 'failed' };
    }
  }
}

/** The reason of a delivery that used up its tries. */
export const gaveUp = (tries: number, reason: string): string => say('Given up after {tries} tries. {reason}', { tries, reason });

/** What a mark changes of a delivery, as its row says it. */
interface Marked {
  state: Delivery['state'];
  reason: string | null;
  tries: number;
  next_try_at: string;
  finished_at: string | null;
  version: number;
}

/**
 * That a provider works is noted once a second: whoever marks would else wait for all who mark before, since the note is one row.
 * Nothing is noted of what never went out.
 */
const NOTE_SUCCESS = `
  update provider_activation p set last_success_at = now() from ended
   where ended.state = 'sent' and p.id = ended.provider and
         (p.last_success_at is null or p.last_success_at < greatest(p.last_failure_at, now() - interval '1 second'))`;

/** All of it in one statement. @returns nothing when the claim did not hold any more; then nothing was changed */
async function end(
  em: EntityManager,
  { id, lease }: Claim,
  change: Change,
  durationMs: number,
  answer: string,
): Promise<Standing | undefined> {
  const { state, reason, waitMs, counts, attempt } = change;
  const [ended] = await em.execute<Marked[]>(
    `with ended as (
       update delivery set state = ?, reason = ?, lease = null, lease_until = null, tries = tries - ?, version = version + 1,
              next_try_at = now() + ? * interval '1 ms', finished_at = case when ? then now() end
        where id = ? and lease = ? returning provider, state, reason, tries, next_try_at, finished_at, version)
     , told as (update attempt set outcome = ?, duration_ms = ?, answer = ? where id = ? and exists (select from ended))
     , noted as (${NOTE_SUCCESS})
     select state, reason, tries, next_try_at, finished_at, version from ended`,
    [state, reason, counts ? 0 : 1, waitMs ?? 0, waitMs === undefined, id, lease, attempt, durationMs, answer, lease],
  );
  if (!ended) return undefined;
  const { next_try_at, finished_at, ...rest } = ended;
  return { ...rest, nextTryAt: new Date(next_try_at), finishedAt: finished_at === null ? null : new Date(finished_at) };
}

/** What the provider's page says of a failure afterwards. */
async function noteFailure(em: EntityManager, provider: string, outcome: Failure): Promise<void> {
  await em.execute('update provider_activation set last_failure_at = now(), last_failure = ? where id = ?', [outcome.reason, provider]);
  if (outcome.kind === 'hold') {
    await em.execute(`update provider_activation set held_until = greatest(held_until, now() + ? * interval '1 ms') where id = ?`, [
      outcome.ms,
      provider,
    ]);
  }
  if (outcome.kind === 'pause') {
    const paused = await em.execute<unknown[]>(
      'update provider_activation set paused_at = now(), paused_because = ? where id = ? and paused_at is null returning id',
      [outcome.reason, provider],
    );
    const label = storedProviderLabel(provider);
    if (paused.length > 0)
      record(em, SYSTEM, 'provider.paused', { providerId: provider, provider: label, reason: outcome.reason.slice(0, REASON_LENGTH) });
  }
}

/** Makes it known that a delivery was given up. Belongs into the transaction that gives up. */
export async function tellOfFailure(em: EntityManager, id: string, why: string, systemMails: readonly SystemMail[]): Promise<void> {
  const delivery = await em.findOneOrFail(Delivery, id);
  if (delivery.test) return; // whoever tests is looking
  const reason = why.slice(0, REASON_LENGTH);
  const provider = storedProviderLabel(delivery.provider);
  record(em, SYSTEM, 'delivery.failed', { deliveryId: id, provider, target: delivery.targetLabel, reason, about: delivery.about });
  const mail = systemMailOf(systemMails, delivery);
  await mail?.failed?.(em, await em.findOneOrFail(Event, delivery.event.id), reason);
}

/**
 * Writes down what came of a claim, with all that follows from it, in one transaction.
 * @param answer what the service said, secrets taken out
 * @returns how the delivery stands now; nothing when the claim did not hold any more: another worker has taken over, and nothing was changed
 */
export async function mark(
  em: EntityManager,
  claim: Claim & { provider: string },
  outcome: Outcome,
  { durationMs, answer, systemMails }: { durationMs: number; answer: string; systemMails: readonly SystemMail[] },
): Promise<Standing | undefined> {
  const change = changeOf(outcome, claim.tries);
  if (outcome.kind === 'sent' || outcome.kind === 'suppressed') return end(em, claim, change, durationMs, answer);
  return em.transactional(async em => {
    const standing = await end(em, claim, change, durationMs, answer);
    if (!standing) return undefined;
    await noteFailure(em, claim.provider, outcome);
    if (change.state === 'failed') await tellOfFailure(em, claim.id, change.reason ?? '', systemMails);
    return standing;
  });
}
