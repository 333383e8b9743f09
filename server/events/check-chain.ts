import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { ChainCheck } from './ChainCheck.ts';
import { record } from './record.ts';
import { type ChainReport, verifyChain } from './verify.ts';

const DAY = 86_400_000;

/**
 * Verifies the chain from where it held last, once a day and when asked to from its first entry, and writes down how far it holds.
 * That it broke is an event, once.
 */
export async function checkChain(em: EntityManager, { whole = false } = {}): Promise<ChainReport & { whole: boolean }> {
  const last = await em.findOne(ChainCheck, 1);
  const now = await databaseNow(em);
  const all = whole || !last?.wholeAt || !!last.brokenBecause || now.getTime() - last.wholeAt.getTime() >= DAY;
  const known = last ? { seq: last.seq, hash: last.hash } : undefined;
  const report = await verifyChain(em, all ? { noted: known ? [known] : [] } : { from: known });
  const { intact, head, broken } = report;
  const isNews = !!broken && !last?.brokenBecause;
  await em.transactional(async em => {
    await em.upsert(ChainCheck, {
      id: 1,
      // of a broken one stays noted how far it once held
      ...(broken && known ? known : { seq: intact, hash: head }),
      checkedAt: now,
      wholeAt: all ? now : (last?.wholeAt ?? null),
      brokenSeq: broken?.seq ?? null,
      brokenEvent: broken?.eventId ?? null,
      brokenBecause: broken?.reason ?? null,
    });
    if (isNews) record(em, SYSTEM, 'chain.broken', { seq: broken.seq, reason: broken.reason });
  });
  return { ...report, whole: all };
}
