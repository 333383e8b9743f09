import { describe, expect } from 'vitest';
import { z } from 'zod';
import { routes } from '#server/app.ts';
import { nowhere } from '../support/knock.ts';
import { demandNoFailure, nameOf, test } from './site.ts';

const NO_NUMBERS = ['-1', '1.5', 'abc', 'NaN', '٢٥', '25;', '25%00', '1'.repeat(400)];
const NO_SORTS = [
  ...['passwordHash', '-passwordHash', 'password_hash', 'id', 'name;drop table admin', 'name desc', 'name,email', '(select 1)', 'name--'],
  ...['name/**/', "name'", 'name"', 'admin.passwordHash', 'roles.name', '1', '-1', '0', '', ' name', 'name ', 'NAME', 'name%00', '*', '.'],
  ...['__proto__', 'constructor', '[object Object]', '{"name":"asc"}', 'asc', 'case when 1=1 then name end', 'pg_sleep(1)', '--', '+name'],
];
/** Columns that nobody may narrow a list by. */
const PRIVATE = [
  'passwordHash',
  'password_hash',
  'totpSecret',
  'tokenHash',
  'nonce',
  'admin.passwordHash',
  'where',
  '$where',
  'filter',
  'or',
  'include',
  'fields',
];
const ODD_WORDS = [
  "'",
  '"',
  '%',
  '_',
  '\\',
  '%%',
  '\\%',
  '%00',
  "' or 1=1 --",
  '${7*7}',
  '{{7*7}}',
  '<script>',
  '\u202e',
  'İ',
  'ﬀ',
  '%F0%9F%98%80',
];

interface Asked {
  name: string;
  path: string;
  fields: readonly string[];
}
const reads: Asked[] = routes.flatMap(route => {
  const { method, path, query } = route.endpoint;
  if (method !== 'GET') return [];
  const fields = query ? Object.keys(z.toJSONSchema(query, { io: 'output' }).properties ?? {}) : [];
  return [{ name: nameOf(route), path: nowhere(path), fields }];
});
const that = (field: string): Asked[] => reads.filter(({ fields }) => fields.includes(field));

describe('what stands behind the question mark', () => {
  test('is no page and no number of rows unless it is one that is offered', { timeout: 60_000 }, async ({ boss }) => {
    for (const field of ['page', 'pageSize', 'limit', 'after', 'before'])
      for (const { name, path } of that(field)) {
        const numbers = NO_NUMBERS.map(value => `${field}=${value.includes('%') ? value : encodeURIComponent(value)}`);
        const lists = [`${field}=25&${field}=50`, `${field}[]=25`, `${field}[0]=25`, `${field}.x=25`];
        for (const query of [...numbers, ...lists]) {
          const answer = await boss.send({ method: 'GET', path: `${path}?${query}` });
          expect([400, 422], `${name} ${query}: ${answer.body.slice(0, 200)}`).toContain(answer.status);
        }
      }
    for (const { name, path } of that('pageSize'))
      for (const value of ['0', '-1', '1e9', 'abc', '1.5'])
        expect((await boss.send({ method: 'GET', path: `${path}?pageSize=${value}` })).status, `${name} pageSize=${value}`).toBe(422);
  });

  test('sorts by nothing but what is offered', { timeout: 60_000 }, async ({ boss }) => {
    expect(that('sort').length).toBeGreaterThan(0);
    for (const { name, path } of that('sort'))
      for (const value of NO_SORTS) {
        const answer = await boss.send({ method: 'GET', path: `${path}?sort=${encodeURIComponent(value)}` });
        expect(answer.status, `${name} sort=${value}: ${answer.body.slice(0, 200)}`).toBe(422);
      }
  });

  test('narrows no list by what nobody may see', { timeout: 60_000 }, async ({ boss }) => {
    for (const { name, path, fields } of reads) {
      const tried = PRIVATE.filter(field => !fields.includes(field));
      const answer = await boss.send({
        method: 'GET',
        path: `${path}?${tried.map(field => `${field}=x`).join('&')}`,
      });
      expect([404, 422], `${name}: ${answer.body.slice(0, 200)}`).toContain(answer.status);
      if (answer.status === 422) for (const field of tried) expect(answer.body, name).toContain(`"${field}":"There is no such field."`);
    }
  });

  test('is searched for as it is written, whatever it means elsewhere', { timeout: 60_000 }, async ({ boss }) => {
    expect(that('search').length).toBeGreaterThan(0);
    for (const { name, path } of that('search'))
      for (const word of ODD_WORDS) {
        const answer = await boss.send({
          method: 'GET',
          path: `${path}?search=${word.includes('%0') || word.includes('%F') ? word : encodeURIComponent(word)}`,
        });
        demandNoFailure(answer, `${name} search=${word}`);
      }
  });
});
