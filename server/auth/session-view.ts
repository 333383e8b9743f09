import type { EntityManager } from '@mikro-orm/postgresql';
import type { SessionView } from '#contract/auth.ts';
import type { Admin } from '../admins/Admin.ts';
import type { Tools } from '../platform/tools.ts';
import { organisation } from '../settings/queries.ts';
import type { Session } from './Session.ts';
import { presentSession } from './present.ts';
import { waysOf } from './second-factor/ways.ts';
import { standingsById } from './standing.ts';

/** What `GET /session` answers for this session as it stands now. @param admin with `roles` loaded */
export async function sessionViewOf(
  em: EntityManager,
  admin: Admin,
  session: Session,
  { version }: Pick<Tools, 'version'>,
): Promise<SessionView> {
  const [[standing], ways, chosen] = await Promise.all([standingsById(em, [session.id]), waysOf(em, admin.id), organisation(em)]);
  if (!standing) throw new Error('a session without a standing');
  return presentSession(admin, session, standing, ways, chosen, version);
}
