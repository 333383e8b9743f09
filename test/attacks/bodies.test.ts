import { describe, expect } from 'vitest';
import { z } from 'zod';
import { sample } from '../support/sample.ts';
import { nowhere } from '../support/knock.ts';
import { demandNoFailure, nameOf, test, withBody } from './site.ts';

/** What somebody would like to set who may set something else: columns, flags and what other frameworks bind by name. */
const WISHED = [
  ...['isSuperadmin', 'superadmin', 'passwordHash', 'password_hash', 'disabledAt', 'disabled_at', 'id', 'authEpoch', 'rightsEpoch'],
  ...['mustChangePassword', 'createdAt', 'adminId', 'admin', 'owner', 'ownerId', 'actor', 'actorId', 'tokenHash', 'nonce', 'state'],
  ...['level', 'confirmedAt', 'secondFactorAskedAt', 'keyHash', 'invitedBy', 'usedAt', 'revokedAt', 'constructor', 'toString', '$where'],
];

/** Bodies that are no honest object, as their text. */
const HOSTILE = [
  '',
  '{',
  'nul',
  'null',
  'true',
  '[]',
  '"text"',
  '1e400',
  '-0',
  '{}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":1,"a":2}',
  '{"version":1e400}',
  '{"version":9007199254740993}',
  '{"name":"\\u0000"}',
  '{"name":"\\ud800"}',
  '{"name":{"$gt":""}}',
  '{"name":["a"]}',
  `{"${'x'.repeat(10_000)}":1}`,
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  `{"a":${'{"a":'.repeat(30)}1${'}'.repeat(30)}}`,
  JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i]))),
  '\ufeff{}',
  '{"name":NaN}',
];

/** A field of any kind in the place of one that was honest. */
const VALUES: unknown[] = ['\0', '\ud800', '\u202e', 'x'.repeat(20_000), '', ' ', {}, [], { $gt: '' }, [[]], null, true, -1, 1e308, 0.5];

const propertiesOf = (schema: z.ZodType): string[] =>
  Object.keys(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {});

describe('every route that takes a body', () => {
  test('refuses each field that it does not know by its name', { timeout: 30_000 }, async ({ boss }) => {
    for (const route of withBody.filter(({ endpoint }) => !endpoint.eachAlone)) {
      const { method, path, body = z.never() } = route.endpoint;
      const wished = WISHED.filter(name => !propertiesOf(body).includes(name));
      const honest = Object(sample(body)) as object;
      const answer = await boss.send({
        method,
        path: nowhere(path),
        body: { ...honest, ...Object.fromEntries(wished.map(name => [name, true])) },
      });
      expect([answer.status, answer.code], `${nameOf(route)}: ${answer.body}`).toEqual([422, 'invalid']);
      const { fields = {} } = JSON.parse(answer.body) as { fields?: Record<string, string> };
      for (const name of wished)
        expect(Object.hasOwn(fields, name) && fields[name], `${nameOf(route)} takes ${name}`).toBe('There is no such field.');
    }
  });

  test('answers what is no honest object in words, and is none the worse for it', { timeout: 30_000 }, async ({ boss }) => {
    for (const route of withBody) {
      const { method, path } = route.endpoint;
      const answers = await Promise.all(HOSTILE.map(text => boss.send({ method, path: nowhere(path), text })));
      for (const [i, answer] of answers.entries()) demandNoFailure(answer, `${nameOf(route)} with ${HOSTILE[i]?.slice(0, 60)}`);
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('answers each of its fields with anything in it in words', { timeout: 60_000 }, async ({ boss }) => {
    for (const route of withBody.filter(({ endpoint }) => !endpoint.eachAlone)) {
      const { method, path, body = z.never() } = route.endpoint;
      const tries = propertiesOf(body).flatMap(field => VALUES.map(value => ({ field, value })));
      const answers = await Promise.all(
        tries.map(({ field, value }) => boss.send({ method, path: nowhere(path), body: { ...Object(sample(body)), [field]: value } })),
      );
      for (const [i, answer] of answers.entries())
        demandNoFailure(answer, `${nameOf(route)} with ${JSON.stringify(tries[i]).slice(0, 80)}`);
    }
  });
});
