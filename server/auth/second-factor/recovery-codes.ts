import type { EntityManager } from '@mikro-orm/postgresql';
import { createHash, randomInt } from 'node:crypto';
import type { Admin } from '../../admins/Admin.ts';
import { record } from '../../events/record.ts';
import type { Actor } from '../../platform/actor.ts';
import { RecoveryCode } from '../SecondFactor.ts';

const CODES = 10;
/** Crockford’s base32: no letter that is taken for a figure. Sixteen of its characters are 80 bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

const newCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
    .join('')
    .replaceAll(/(.{4})(?=.)/g, '$1-');

/** However somebody copied it by hand. */
const plain = (code: string): string => code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
/** With 80 random bits a code needs no slow hash. */
const hashOf = (code: string): Buffer =>
  createHash('sha256')
    .update(`recovery\0${plain(code)}`)
    .digest();

/** Ten new codes, in the caller's transaction; the ones before stop working. They are known here and never again. */
export async function replaceCodes(em: EntityManager, admin: Admin): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await em.nativeDelete(RecoveryCode, { admin: admin.id });
  for (const code of codes) em.create(RecoveryCode, { admin, codeHash: hashOf(code) });
  await em.flush();
  return codes;
}

/** New codes at the person's own wish. Of two at once the later one's count, never both. */
export async function renewCodes(em: EntityManager, actor: Actor, admin: Admin): Promise<string[]> {
  return em.transactional(async em => {
    await em.execute('select id from admin where id = ? for update', [admin.id]);
    record(em, actor, 'second-factor.enrolled', { adminId: admin.id, name: admin.name, factor: 'recovery codes' });
    return replaceCodes(em, admin);
  });
}

/** How many of the person's codes are unused. */
export const codesLeft = (em: EntityManager, adminId: string): Promise<number> => em.count(RecoveryCode, { admin: adminId, usedAt: null });

/** Whether this is an unused code of that person. A right one is used up, and written down with how many are left. */
export async function useRecoveryCode(em: EntityManager, actor: Actor, admin: Admin, code: string): Promise<boolean> {
  return em.transactional(async em => {
    const taken = await em.execute<unknown[]>(
      'update recovery_code set used_at = now() where code_hash = ? and admin_id = ? and used_at is null returning id',
      [hashOf(code), admin.id],
    );
    if (taken.length === 0) return false;
    record(em, actor, 'recovery-code.used', { adminId: admin.id, name: admin.name, left: await codesLeft(em, admin.id) });
    return true;
  });
}
