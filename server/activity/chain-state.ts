import type { EntityManager } from '@mikro-orm/postgresql';
import type { ChainState } from '#contract/activity.ts';
import { ChainCheck } from '../events/ChainCheck.ts';
import { EventSeal } from '../events/Event.ts';
import { sayStored } from '../words/say.ts';

/** How far the chain was verified, as it was last written down. */
export async function chainState(em: EntityManager): Promise<ChainState> {
  const [check, [newest]] = [
    await em.findOne(ChainCheck, 1),
    await em.find(EventSeal, {}, { orderBy: { seq: 'desc' }, limit: 1, fields: ['seq'] }),
  ];
  const { brokenSeq, brokenEvent, brokenBecause } = check ?? {};
  return {
    newest: newest?.seq ?? 0,
    verifiedTo: check?.seq ?? 0,
    at: check?.checkedAt.toISOString() ?? null,
    wholeAt: check?.wholeAt?.toISOString() ?? null,
    broken: brokenBecause ? { seq: brokenSeq ?? 0, eventId: brokenEvent ?? null, reason: sayStored(brokenBecause) } : null,
  };
}
