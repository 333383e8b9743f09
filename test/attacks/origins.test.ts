import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Method } from '#contract/endpoint.ts';
import { test } from './site.ts';

const FOREIGN = ['https://evil.test', 'null'];
const SITES = [undefined, 'same-origin', 'same-site', 'cross-site', 'none'];
const TYPES = ['application/json', 'Application/JSON; charset=utf-8', 'Text/Plain;x', 'multipart/form-data; boundary=x', undefined];
const TARGETS: [Method, string, boolean][] = [
  ['PATCH', '/settings', true],
  ['PUT', '/me/password', true],
  ['POST', '/session', true],
  ['DELETE', `/me/sessions/${randomUUID()}`, false],
];

/** What the door of unsafe requests says, by its rules: the browser's own word first, else the origin, and one of them must be there. */
function expected(url: string, origin: string | undefined, site: string | undefined, type: string | undefined, hasBody: boolean): string {
  if (site !== undefined && site !== 'same-origin') return 'foreign_origin';
  if (origin !== undefined && origin !== url) return 'foreign_origin';
  if (site === undefined && origin === undefined) return 'foreign_origin';
  return hasBody && !/^application\/json\b/i.test(type ?? '') ? 'not_json' : 'let by';
}

test('only our own page sends unsafe requests, whatever it calls their content', { timeout: 60_000 }, async ({ server, boss }) => {
  const origins = [undefined, server.url, ...FOREIGN, `${server.url}.evil.test`, server.url.replace('http:', 'https:')];
  let cells = 0;
  for (const [method, path, hasBody] of TARGETS) {
    const tries = origins.flatMap(origin => SITES.flatMap(site => (hasBody ? TYPES : [undefined]).map(type => ({ origin, site, type }))));
    const answers = await Promise.all(
      tries.map(({ origin, site, type }) =>
        boss.send({
          method,
          path,
          ...(hasBody ? { text: '{}' } : {}),
          headers: { origin, 'sec-fetch-site': site, ...(hasBody ? { 'content-type': type } : {}) },
        }),
      ),
    );
    for (const [i, { code }] of answers.entries()) {
      const { origin, site, type } = tries[i] ?? {};
      const verdict = code === 'foreign_origin' || code === 'not_json' ? code : 'let by';
      expect(verdict, `${method} ${path} ${JSON.stringify(tries[i])}`).toBe(expected(server.url, origin, site, type, hasBody));
    }
    cells += answers.length;
  }
  expect(cells).toBeGreaterThan(400);
});
