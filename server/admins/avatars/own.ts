import { createHash } from 'node:crypto';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { record } from '../../events/record.ts';
import type { Actor } from '../../platform/actor.ts';
import { databaseNow } from '../../platform/db/now.ts';
import { Problem } from '../../platform/problem.ts';
import { Admin } from '../Admin.ts';
import { Avatar } from '../Avatar.ts';
import { settleAvatars } from './settle.ts';

/** What a picture is known by in full. */
export const pictureHash = (picture: Buffer): string => createHash('sha256').update(picture).digest('hex');

/** Changes one's own picture, one change after the other, and writes down what was shown before and after. */
function change(em: EntityManager, actor: Actor, deed: (em: EntityManager, admin: Admin) => Promise<void>): Promise<Admin> {
  return em.transactional(async em => {
    const admin = await em.findOneOrFail(Admin, actor.id ?? '', { lockMode: LockMode.PESSIMISTIC_WRITE });
    const before = admin.avatar;
    await deed(em, admin);
    await em.flush();
    await settleAvatars(em, admin.id);
    await em.refresh(admin);
    record(em, actor, 'admin.edited', { adminId: admin.id, name: admin.name, changes: { picture: { before, after: admin.avatar } } });
    return admin;
  });
}

/** Keeps this as the picture somebody uploaded, and shows it. @param picture of our own drawing */
export const keepUpload = (em: EntityManager, actor: Actor, picture: Buffer): Promise<Admin> =>
  change(em, actor, async (em, admin) => {
    await em.upsert(Avatar, { admin: admin.id, picture, hash: pictureHash(picture), uploadedAt: await databaseNow(em) });
    admin.avatarSource = 'upload';
  });

/** Forgets the picture somebody uploaded. @throws Problem `not_found` where there is none */
export const dropUpload = (em: EntityManager, actor: Actor): Promise<Admin> =>
  change(em, actor, async (em, admin) => {
    if ((await em.nativeDelete(Avatar, { admin: admin.id })) === 0) throw new Problem('not_found');
    if (admin.avatarSource === 'upload') admin.avatarSource = 'initials';
  });
