import type { EntityManager } from '@mikro-orm/postgresql';

/** The name Gravatar knows an address by: SHA-256 of it, trimmed and in small letters, in hex. `a` is an admin. */
export const EMAIL_HASH = `encode(sha256(convert_to(lower(btrim(a.email)), 'UTF8')), 'hex')`;

/** Of each admin `a` the picture they uploaded, `v`, and what Gravatar gave for their address, `g`. */
export const PICTURES = `
  admin a left join avatar v on v.admin_id = a.id left join gravatar g on g.email_hash = ${EMAIL_HASH}`;

/** What a picture is known by, of its whole hash: enough that two are not taken for one another. */
const NAME_LENGTH = 16;

/**
 * Brings `admin.avatar` up to date, of one person or of all, with what it follows from: the source they chose, their address, what
 * they uploaded, what Gravatar gave, and whether the organisation wants that asked.
 * @returns of how many people another picture is shown now
 */
export async function settleAvatars(em: EntityManager, adminId: string | null = null): Promise<number> {
  const changed = await em.execute<unknown[]>(
    `update admin set avatar = shown.name, version = admin.version + 1
       from (select a.id, left(case a.avatar_source
                                 when 'upload' then v.hash
                                 when 'gravatar' then coalesce(case when o.gravatar then g.hash end, v.hash)
                               end, ${NAME_LENGTH}) as name
               from organisation o, ${PICTURES}
              where ?::uuid is null or a.id = ?) shown
      where shown.id = admin.id and admin.avatar is distinct from shown.name
      returning admin.id`,
    [adminId, adminId],
  );
  return changed.length;
}

/** The picture that is shown of somebody; `undefined` where initials are, or nobody is. */
export async function shownPicture(em: EntityManager, adminId: string): Promise<{ name: string; picture: Buffer } | undefined> {
  const [row] = await em.execute<{ name: string; picture: Buffer }[]>(
    `select a.avatar as name, case when a.avatar = left(v.hash, ${NAME_LENGTH}) then v.picture else g.picture end as picture
       from ${PICTURES}
      where a.id = ? and a.avatar in (left(v.hash, ${NAME_LENGTH}), left(g.hash, ${NAME_LENGTH}))`,
    [adminId],
  );
  return row;
}
