import type { FactorProof } from '#contract/factors.ts';
import type { Admin } from '../../admins/Admin.ts';
import { record } from '../../events/record.ts';
import type { Call } from '../../platform/http/route.ts';
import { Problem } from '../../platform/problem.ts';
import { knows, lockedFor } from '../locks.ts';
import { useAppCode } from './app.ts';
import { readSignature } from './passkeys.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { say } from '../../words/say.ts';

type Prover = Pick<Call<unknown, unknown, unknown>, 'em' | 'actor' | 'ctx' | 'tools'>;

/** As the log calls them. */
const NAMES = { app: 'app code', recovery: 'recovery code', passkey: 'passkey' } as const satisfies Record<FactorProof['by'], string>;

function holds({ em, actor, tools }: Prover, admin: Admin, proof: FactorProof): Promise<boolean> {
  switch (proof.by) {
    case 'app':
      return useAppCode(em, tools.secrets, admin.id, proof.code);
    case 'recovery':
      return useRecoveryCode(em, actor, admin, proof.code);
    case 'passkey': {
      const purpose = actor.wants === 'second-factor' ? 'sign-in' : 'confirm';
      const occasion = { purpose, sessionId: actor.sessionId } as const;
      return readSignature(em, tools.baseUrl, proof.signature, occasion, admin.id).then(read => read?.holds === true);
    }
  }
}

const tooMany = (retryAfter: number): Problem => new Problem('too_many_tries', { retryAfter });

/**
 * Takes a second factor of somebody whose password was right. Every try costs a point of the person's before it is looked at, and
 * while sign-ins under their names are locked nothing is taken here either.
 * @returns by what it was given, in words
 * @throws Problem `wrong_code` with the tries left, or `too_many_tries` with the seconds
 */
export async function checkFactor(call: Prover, admin: Admin, proof: FactorProof): Promise<string> {
  const { em, actor, tools } = call;
  const locked = await lockedFor(call, admin);
  if (locked > 0) throw tooMany(locked);
  // strangers who know the password do not keep the owner out on a browser of theirs
  const key = knows(call, admin) ? `${admin.id}:known` : admin.id;
  const { wait, left } = await tools.limits.spend('second-factor', key);
  if (wait > 0) throw tooMany(wait);
  if (await holds(call, admin, proof)) {
    await tools.limits.reset('second-factor', key);
    return NAMES[proof.by];
  }
  record(em, actor, 'second-factor.refused', { adminId: admin.id, name: admin.name, factor: NAMES[proof.by] });
  await em.flush();
  if (left === 0) throw tooMany(await tools.limits.wait('second-factor', key));
  throw new Problem('wrong_code', {
    detail:
      left === 1
        ? say(`That ${NAMES[proof.by]} is not right. 1 try is left.`)
        : say(`That ${NAMES[proof.by]} is not right. {left} tries are left.`, { left }),
  });
}
