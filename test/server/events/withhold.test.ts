import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { type Facts, type RecordableType, recordable } from '#contract/events.ts';
import { record } from '#server/events/record.ts';
import { HIDDEN, isSecretName, withhold } from '#server/events/withhold.ts';
import { exampleOf } from '#server/notifications/catalogue.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { test } from '../../support/world.ts';

const TYPES = Object.keys(recordable) as RecordableType[]; // the names of what can be recorded
const SECRETS = [
  'password',
  'newPassword',
  'smtp_password',
  'client-secret',
  'accessToken',
  'recoveryCodes',
  'code',
  'apiKey',
  'keyMaterial',
  'tokenHash',
];
const OPEN = [
  'passwordMinimum',
  'keyId',
  'secondFactorDemanded',
  'sessions',
  'permissions',
  'name',
  'reason',
  'monkey',
  'decoder',
  'tokenLabel',
];

/** Every field of a schema by its path, with what it is marked as. */
function fieldsOf(schema: z.ZodType, path: string[] = []): { path: string[]; schema: z.ZodType }[] {
  const here = [{ path, schema }];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => fieldsOf(inner as z.ZodType, [...path, name]));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return [...here, ...fieldsOf(schema.unwrap() as z.ZodType, path)];
  if (schema instanceof z.ZodArray) return [...here, ...fieldsOf(schema.element as z.ZodType, path)];
  return here;
}

describe('the activity log keeps no secret', () => {
  test.for(SECRETS)('%s sounds like one', name => expect(isSecretName(name)).toBe(true));
  test.for(OPEN)('%s does not', name => expect(isSecretName(name)).toBe(false));

  test('no event has a fact for one: what sounds like a secret comes from a closed list, and nothing is marked as one', () => {
    for (const type of TYPES) {
      for (const { path, schema } of fieldsOf(recordable[type].facts)) {
        expect(schema.meta()?.['secret'], `${type} ${path.join('.')}`).toBeUndefined();
        if (path.some(isSecretName)) expect(schema, `${type} ${path.join('.')}`).toBeInstanceOf(z.ZodEnum);
      }
    }
  });

  test('whatever a command hands over: beside the facts, within a change, however deep', ({ orm }) => {
    const em = orm.em.fork();
    const nested = fc.letrec<{ leaf: unknown; tree: unknown }>(tie => ({
      leaf: fc.oneof(
        fc.constant('s3cret-value'),
        fc.constant(['s3cret-value', true]),
        fc.constant({ before: null, after: 's3cret-value' }),
      ),
      tree: fc.oneof(
        { depthSize: 'small' },
        tie('leaf'),
        fc.dictionary(fc.constantFrom(...SECRETS, ...OPEN), tie('tree'), { maxKeys: 3 }),
        fc.array(tie('tree'), { maxLength: 2 }),
      ),
    })).tree;
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), fc.constantFrom(...SECRETS), nested, fc.boolean(), (type, name, secret, replaced) => {
        const { facts } = exampleOf(type);
        const planted = {
          ...facts,
          ...(name in facts ? {} : { [name]: secret }),
          ...('changes' in facts && {
            changes: { [name]: replaced ? { before: secret, after: secret } : { before: null, after: secret } },
          }),
        };
        const kept = record(em, SYSTEM, type, planted as Facts<typeof type>).facts; // an example of just that type
        expect(JSON.stringify(kept)).not.toContain('s3cret-value');
        for (const [field, value] of Object.entries(facts)) if (field !== 'changes') expect(kept[field]).toEqual(value);
      }),
    );
  });

  test('says that one was set or taken out, and leaves what gives nothing away', () => {
    expect(
      withhold({
        changes: { password: { before: null, after: 'hunter2' }, passwordMinimum: { before: 8, after: 12 } },
        twoFactorCode: true,
      }),
    ).toEqual({
      changes: { password: { before: null, after: HIDDEN }, passwordMinimum: { before: 8, after: 12 } },
      twoFactorCode: true,
    });
    expect(withhold({ code: 'built_in', pin: 1234 }, new Set(['code']))).toEqual({ code: 'built_in', pin: HIDDEN });
  });
});
