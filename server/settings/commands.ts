import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { editSettings as endpoint } from '#contract/settings.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import { say } from '../words/say.ts';
import { Organisation } from './Organisation.ts';

type Input = z.output<NonNullable<typeof endpoint.body>>;

/** Each setting under the name that people know it by, and the column it stands in. */
const COLUMNS = {
  organisation: 'name',
  timeZone: 'timeZone',
  language: 'language',
  rowsPerPage: 'rowsPerPage',
  passwordMinimum: 'passwordMinimum',
  showPages: 'showPages',
  gravatar: 'gravatar',
} as const;
const isSetting = (name: string): name is keyof typeof COLUMNS => Object.hasOwn(COLUMNS, name);

/**
 * Changes settings. What is already so is no change, and a call that changes nothing records nothing.
 * @throws Problem `conflict` when `input.version` is no longer the newest
 */
export async function editSettings(em: EntityManager, actor: Actor, input: Input): Promise<Organisation> {
  const { version, ...wanted } = input;
  return em.transactional(async em => {
    const organisation = await em.findOneOrFail(Organisation, 1, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (organisation.version !== version)
      throw new Problem(
        'conflict',
        organisation.changedBy
          ? { detail: say('{changedBy} changed the settings in the meantime.', { changedBy: organisation.changedBy }) }
          : {},
      );
    const changes: Record<string, { before: unknown; after: unknown }> = {};
    for (const [name, after] of Object.entries(wanted)) {
      if (!isSetting(name) || after === undefined) continue;
      const before = organisation[COLUMNS[name]];
      if (before !== after) changes[name] = { before, after };
      Object.assign(organisation, { [COLUMNS[name]]: after });
    }
    if (Object.keys(changes).length === 0) return organisation;
    organisation.changedAt = await databaseNow(em);
    organisation.changedBy = actor.name;
    record(em, actor, 'settings.changed', { changes });
    return organisation;
  });
}
