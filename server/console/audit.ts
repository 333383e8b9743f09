import { ChainCheck } from '../events/ChainCheck.ts';
import { type Place, verifyChain } from '../events/verify.ts';
import { openOrm } from '../platform/db/orm.ts';
import { Refusal } from '../platform/refusal.ts';

/** A place as an earlier run printed it: `48213:9f2c…`. @throws Refusal for anything else */
function placeOf(text: string): Place {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) throw new Refusal('--noted takes a number and a hash, as printed earlier: 48213:9f2c…');
  return { seq: Number(seq), hash: Buffer.from(hash, 'hex') };
}

/**
 * Computes the chain of the activity log from its first entry, and says how far it holds or which entry is the first that does not fit.
 * Where it held before must still be there: as the product wrote it down, and as `noted` has it from elsewhere.
 * @returns whether it holds
 */
export async function verifyAudit(databaseUrl: string, noted: string | undefined, say: (line: string) => void): Promise<boolean> {
  const places = noted === undefined ? [] : [placeOf(noted)];
  const orm = await openOrm(databaseUrl);
  try {
    const em = orm.em.fork();
    const known = await em.findOne(ChainCheck, 1);
    const { intact, head, broken } = await verifyChain(em, { noted: [...(known ? [known] : []), ...places] });
    if (broken) say(`Broken at #${broken.seq}${broken.eventId ? ` (event ${broken.eventId})` : ''}: ${broken.reason}.`);
    else
      say(
        `Verified to #${intact}. Note this elsewhere, to tell later whether the end was cut off: ${intact}:${Buffer.from(head).toString('hex')}`,
      );
    return !broken;
  } finally {
    await orm.close();
  }
}
