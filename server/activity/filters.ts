import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActivityFilter, SavedFilter as SavedFilterView } from '#contract/activity.ts';
import { activityFilter } from '#contract/activity.ts';
import type { Actor } from '../platform/actor.ts';
import { uuidv7 } from '../platform/db/columns.ts';
import { Problem, invalid } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { SavedFilter } from './SavedFilter.ts';

/** A list longer than this is no help. */
const MOST = 30;

const present = ({ id, name, filter }: SavedFilter): SavedFilterView => ({ id, name, filter: activityFilter.parse(filter) });

export const filtersOf = async (em: EntityManager, { id = '' }: Actor): Promise<SavedFilterView[]> =>
  (await em.find(SavedFilter, { admin: id }, { orderBy: { name: 'asc', id: 'asc' } })).map(present);

/** Keeps a filter under a name; the same name, whatever its case, again replaces it. @throws Problem `invalid` for one too many */
export function keepFilter(em: EntityManager, { id: owner = '' }: Actor, name: string, filter: ActivityFilter): Promise<SavedFilterView> {
  return em.transactional(async em => {
    await em.execute('select id from admin where id = ? for no key update', [owner]); // or two at once would both find room
    const [kept] = await em.execute<{ id: string }[]>(
      `insert into saved_filter (id, admin_id, name, filter) values (?, ?, ?, ?::jsonb)
       on conflict (admin_id, lower(name)) do update set name = excluded.name, filter = excluded.filter returning id`,
      [uuidv7(), owner, name, JSON.stringify(filter)],
    );
    if ((await em.count(SavedFilter, { admin: owner })) > MOST)
      throw invalid('name', say('You keep {most} filters already. Forget one first.', { most: MOST }));
    return { id: kept?.id ?? '', name, filter };
  });
}

/** @throws Problem `not_found`, also for somebody else's */
export async function forgetFilter(em: EntityManager, { id: owner = '' }: Actor, id: string): Promise<void> {
  if ((await em.nativeDelete(SavedFilter, { id, admin: owner })) === 0) throw new Problem('not_found');
}
