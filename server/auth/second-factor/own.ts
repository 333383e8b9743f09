import type { EntityManager } from '@mikro-orm/postgresql';
import type { OwnFactors, PasskeyView } from '#contract/second-factor.ts';
import { DEMANDED_BY, HAS_FACTOR } from '../../admins/second-factor.ts';
import { Passkey, Totp } from '../SecondFactor.ts';
import { codesLeft } from './recovery-codes.ts';
import { passkeysPossible } from './site.ts';

export const presentPasskey = ({ id, name, createdAt, lastUsedAt }: Passkey): PasskeyView => ({
  id,
  name,
  addedAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** Somebody's second factors as they see them. */
export async function ownFactors(em: EntityManager, adminId: string, baseUrl: string): Promise<OwnFactors> {
  const totp = await em.findOne(Totp, { admin: adminId });
  const passkeys = await em.find(Passkey, { admin: adminId }, { orderBy: { createdAt: 'asc' } });
  const [demand] = await em.execute<{ roles: string[]; by: string | null }[]>(
    `select array(select r.name from admin_roles ar join role r on r.id = ar.role_id
                   where ar.admin_id = a.id and r.second_factor_demanded order by r.name) as roles,
            case when not ${HAS_FACTOR} then ${DEMANDED_BY} end as by
       from admin a where a.id = ?`,
    [adminId],
  );
  return {
    app: totp?.confirmedAt ? { addedAt: totp.confirmedAt.toISOString() } : null,
    passkeys: passkeys.map(presentPasskey),
    codesLeft: await codesLeft(em, adminId),
    demandedBy: demand?.roles ?? [],
    enrolBy: demand?.by ? new Date(demand.by).toISOString() : null,
    passkeysPossible: passkeysPossible(baseUrl),
  };
}
