import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import ipaddr from 'ipaddr.js';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { Organisation } from '../settings/Organisation.ts';
import { say } from '../words/say.ts';

/** The private networks that may be watched, as they are written down. */
export const networksIn = (text: string): string[] =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '');

/**
 * Says which private networks may be watched. Only a Full Administrator opens what lies behind the organisation's own wall.
 * @throws Problem `forbidden`, or `invalid` for what is no network
 */
export async function chooseNetworks(em: EntityManager, actor: Actor, text: string): Promise<string> {
  if (!actor.superadmin)
    throw new Problem('forbidden', { detail: say('Only a Full Administrator says which private networks may be watched.') });
  const networks = networksIn(text);
  const wrong = networks.find(network => !ipaddr.isValidCIDR(network));
  if (wrong !== undefined) throw invalid('networks', say('“{wrong}” is no network, such as 10.0.0.0/8 or fd00::/8.', { wrong }));
  const after = networks.join(', ');
  return em.transactional(async em => {
    const organisation = await em.findOneOrFail(Organisation, 1, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const before = organisation.watchedNetworks;
    if (before === after) return after;
    organisation.watchedNetworks = after;
    organisation.changedAt = await databaseNow(em);
    organisation.changedBy = actor.name;
    record(em, actor, 'settings.changed', { changes: { watchedNetworks: { before, after } } });
    return after;
  });
}
