import type { EntityManager } from '@mikro-orm/postgresql';
import type { InEach } from '#contract/languages.ts';
import { Admin } from '../admins/Admin.ts';
import type { Recipient } from '../notifications/system-mail.ts';

/** Somebody as the one recipient of a mail about their own account. @param about what it says, in a line */
export async function recipientOf(em: EntityManager, adminId: string, about: InEach): Promise<Recipient> {
  const { email, language } = await em.findOneOrFail(Admin, adminId);
  return { key: adminId, label: email, about, language, target: { adminId } };
}
