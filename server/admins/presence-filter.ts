import { rosterSnapshot } from '#contract/presence.ts';
import type { AdminFilter } from './queries.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problem.ts';
import type { ServerTools } from '../platform/tools.ts';
import { explainDenial } from '../roles/explain.ts';
import { say } from '../words/say.ts';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Whom a filter by presence leaves.
 * @throws Problem `forbidden` for whoever may not see who is here, `unavailable` while that is unknown
 */
export async function presenceFilter(
  em: EntityManager,
  actor: Actor,
  presence: 'online' | 'away' | 'gone' | undefined,
  { roster }: Pick<ServerTools, 'roster'>,
): Promise<Pick<AdminFilter, 'ids' | 'notIds'>> {
  if (presence === undefined) return {};
  if (!actor.permissions.has('presence.view')) throw new Problem('forbidden', { missing: await explainDenial(em, 'presence.view') });
  if (!roster) throw new Problem('unavailable', { detail: say('Who is here is not known to this process.') });
  const { people } = rosterSnapshot.parse(JSON.parse(roster.text()));
  if (presence === 'gone') return { notIds: people.map(({ id }) => id) };
  // somebody who is being checked was online a moment ago
  const here = people.filter(({ state }) => (presence === 'away' ? state === 'away' : state !== 'away'));
  return { ids: here.map(({ id }) => id) };
}
