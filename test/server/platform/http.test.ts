import { request as plainRequest } from 'node:http';
import { describe, expect } from 'vitest';
import { PASSWORD, test } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';

/** A request with headers that `fetch` would not let one set. */
const raw = (url: string, path: string, headers: Record<string, string>): Promise<{ status: number; location: string | undefined }> =>
  new Promise((resolve, reject) => {
    plainRequest(`${url}${path}`, { headers }, response => {
      response.resume().once('end', () => resolve({ status: response.statusCode ?? 0, location: response.headers.location }));
    })
      .once('error', reject)
      .end();
  });

describe('every answer', () => {
  test('carries the headers that keep browsers safe, failures too', async ({ server, owner }) => {
    for (const [path, init] of [
      ['/api/session', {}],
      ['/api/nothing', {}],
      ['/healthz', {}],
      ['/api/me', { method: 'PATCH', body: '{', headers: { 'content-type': 'application/json' } }],
    ] as const) {
      const response = await owner.fetch(path, init);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(server.url).toBe(owner.url);
  });

  test('to a failure is a problem document with a code and the id of the request', async ({ owner }) => {
    const response = await owner.fetch('/api/nothing-here');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: expect.any(String) as string,
      status: 404,
      code: 'not_found',
      requestId: response.headers.get('x-request-id'),
    });
  });
});

describe('a request from elsewhere', () => {
  const body = JSON.stringify({ login: 'ana', password: PASSWORD });
  test.for([
    ['another site by its Origin', { origin: 'https://evil.example' }, 403],
    ['a site that begins like ours', { origin: 'URL.evil.example' }, 403],
    ['a page that says nothing', {}, 403],
    ['another site by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site', origin: 'URL' }, 403],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 200],
  ] as const)('%s', async ([, headers, status], { server, owner }) => {
    expect(owner.url).toBe(server.url);
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('URL', server.url)]));
    const answered = await new Promise<number>((resolve, reject) => {
      plainRequest(`${server.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', ...given } }, response => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      })
        .once('error', reject)
        .end(body);
    });
    expect(answered).toBe(status);
  });

  test('in another form than JSON is refused', async ({ owner }) => {
    for (const type of ['text/plain', 'Text/Plain;x', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', '']) {
      const response = await owner.fetch('/api/me', {
        method: 'PATCH',
        headers: type === '' ? {} : { 'content-type': type },
        body: Buffer.from('{}'),
      });
      expect(response.status, type).toBe(415);
    }
  });

  test('for another host is refused, and another name of this machine is led to the right one', async ({ server }) => {
    const { port } = new URL(server.url);
    for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1:${port}x@evil.example`]) {
      expect((await raw(server.url, '/api/front', { host })).status, host).toBe(421);
    }
    expect(await raw(server.url, '/sign-in', { host: `localhost:${port}` })).toEqual({ status: 307, location: `${server.url}/sign-in` });
    expect((await raw(server.url, '/api/front', { host: `127.0.0.1:${port}`, 'x-forwarded-host': 'evil.example' })).status).toBe(200);
  });
});

describe('an unusual request', () => {
  test('never gets past a guard by how its path is written', async ({ server, owner }) => {
    expect(owner.url).toBe(server.url);
    const stranger = new Caller(server.url);
    for (const path of [
      '/api/admins',
      '/API/admins',
      '/api/Admins',
      '/api/admins/',
      '/api//admins',
      '/api/%61dmins',
      '/api/admins;x',
      '/api/admins?x=/api/front',
      '/api/./admins',
      '/api/front/../admins',
    ]) {
      const { status } = await stranger.fetch(path);
      expect(status, path).toBeGreaterThanOrEqual(400);
    }
  });

  test('with odd ids is not found, whatever the id', async ({ owner }) => {
    for (const id of [
      '1',
      '-1',
      '*',
      '__proto__',
      'constructor',
      '%00',
      "'",
      '00000000-0000-0000-0000-000000000000',
      'x'.repeat(2000),
      ':id',
    ]) {
      const { status } = await owner.fetch(`/api/admins/${id === '%00' ? id : encodeURIComponent(id)}`);
      expect([400, 404], id).toContain(status);
    }
  });

  test('with a NUL in any text is refused by the field it stands in', async ({ owner }) => {
    const { me } = await owner.call('GET /session');
    const response = await owner.fetch('/api/me', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version: me.version, firstName: 'A\0na' }),
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'invalid',
      fields: { firstName: 'A NUL character, or half of a character, cannot be stored.' },
    });
    expect((await owner.fetch('/api/admins?search=%00')).status).toBe(422);
  });

  test('with pages that cannot be is refused', async ({ owner }) => {
    for (const query of [
      'page=0',
      'page=-1',
      'page=abc',
      'page=1e9',
      'pageSize=0',
      'pageSize=33',
      'pageSize=abc',
      'sort=passwordHash',
      'passwordHash=x',
      'page=1&page=2',
    ]) {
      const { status } = await owner.fetch(`/api/admins?${query}`);
      expect([400, 422], query).toContain(status);
    }
  });

  test('with a body that is too large, too deep or too wide is refused and the server lives on', async ({ owner }) => {
    const patch = (body: string) => owner.fetch('/api/me', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body });
    expect((await patch(`{"firstName":"${'x'.repeat(70_000)}"}`)).status).toBe(413);
    expect((await patch(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)).status).toBe(400);
    expect((await patch(JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, 1]))))).status).toBe(400);
    expect((await patch('\ufeff{}')).status).toBeGreaterThanOrEqual(400);
    expect((await patch('{"version":1,"__proto__":{"superadmin":true}}')).status).toBeGreaterThanOrEqual(400);
    expect(
      (
        await owner.fetch('/api/me/password', {
          method: 'PUT',
          headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
          body: '{}',
        })
      ).status,
    ).toBe(415);
    expect(
      (await owner.fetch('/api/session', { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: '{}' })).status,
    ).toBe(400);
    expect((await owner.fetch('/healthz')).status).toBe(200);
  });

  test('more often than three hundred times a minute is told to wait', async ({ owner, redis }) => {
    await redis.flushAll();
    const statuses = await Promise.all(Array.from({ length: 320 }, async () => (await owner.fetch('/api/session')).status));
    expect(statuses.filter(status => status === 200)).toHaveLength(300);
    expect(statuses.filter(status => status === 429)).toHaveLength(20);
    await redis.flushAll();
  });
});
