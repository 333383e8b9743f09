import type { ProblemDocument } from '#contract/problems.ts';
import type { Permission } from '#contract/permissions.ts';
import type { Admin } from '#server/admins/Admin.ts';
import { test as app } from '../../support/app.ts';
import { type Caller, Refusal } from '../../support/caller.ts';
import { browserOf, someRole, someone, superadmin } from '../../support/people.ts';

/** Somebody with their browser. */
export interface Member {
  admin: Admin;
  caller: Caller;
}

/** The whole server, whose owner has set it up, with people to act and to be acted upon. */
export const test = app.extend('staff', { scope: 'file' }, async ({ server, orm, owner }) => {
  const em = orm.em.fork();
  const member = async (admin: Admin): Promise<Member> => ({ admin, caller: await browserOf(em, admin, server.url) });
  const { id: owned } = (await owner.call('GET /session')).me;
  return {
    ownerId: owned,
    /** May do exactly this. */
    with: async (...permissions: Permission[]) => member(await someone(em, ...permissions)),
    /** Not signed in anywhere. */
    idle: (...permissions: Permission[]) => someone(em, ...permissions),
    superadmin: async () => member(await superadmin(em)),
    role: async (...permissions: Permission[]) => (await someRole(em, ...permissions)).id,
    events: async (type: string, adminId: string) =>
      (
        await orm.em
          .fork()
          .execute<{ facts: Record<string, unknown>; actor_name: string }[]>(
            `select facts, actor_name from event where type = ? and facts->>'adminId' = ? order by stored_at`,
            [type, adminId],
          )
      ).map(({ facts, actor_name }): Record<string, unknown> => ({ ...facts, by: actor_name })),
  };
});

/** The refusal of a call that has to be refused. */
export async function refused(call: Promise<unknown>): Promise<ProblemDocument> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error.problem;
  throw new Error('it was not refused', { cause: error });
}
