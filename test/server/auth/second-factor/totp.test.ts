import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeAt, newSecret, stepOf } from '#server/auth/second-factor/totp.ts';

const STEP = 30_000;
const moment = fc.date({ min: new Date(STEP * 10), max: new Date('2100-01-01'), noInvalidDate: true });

test('agrees with the vectors of RFC 6238, appendix B', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // “12345678901234567890”
  const vectors = { 59: '287082', 1111111109: '081804', 1111111111: '050471', 1234567890: '005924', 2000000000: '279037' };
  for (const [seconds, code] of Object.entries(vectors)) expect(codeAt(secret, new Date(Number(seconds) * 1000))).toBe(code);
});

test('a code belongs to its own step, the one before or the one after, and to no other', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: -6, max: 6 }), (at, away) => {
      const secret = newSecret();
      const code = codeAt(secret, new Date(at.getTime() + away * STEP));
      const near = [-1, 0, 1].filter(delta => codeAt(secret, new Date(at.getTime() + delta * STEP)) === code);
      const step = stepOf(secret, code, at);
      const now = Math.floor(at.getTime() / STEP);
      expect(near.map(delta => now + delta).includes(step ?? NaN)).toBe(near.length > 0);
      expect(step === undefined).toBe(near.length === 0);
    }),
    { numRuns: 300 },
  );
});

test('once taken, a step and those before it are behind: the order in which codes come never takes one twice', () => {
  fc.assert(
    fc.property(moment, fc.array(fc.integer({ min: -1, max: 1 }), { maxLength: 12 }), (at, offsets) => {
      const secret = newSecret();
      let last = 0;
      const taken: number[] = [];
      for (const offset of offsets) {
        const step = stepOf(secret, codeAt(secret, new Date(at.getTime() + offset * STEP)), at) ?? 0;
        if (step <= last) continue;
        last = step;
        taken.push(step);
      }
      expect(new Set(taken).size).toBe(taken.length);
    }),
  );
});
