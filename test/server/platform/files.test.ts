import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import Koa from 'koa';
import { expect, inject } from 'vitest';
import { holdFiles, serveFiles } from '#server/platform/http/files.ts';
import { test as world } from '../../support/world.ts';

const SCRIPT = 'export const answer = 42;'.repeat(50);

/** A folder as a build leaves it, served, and gone since. */
const test = world.extend('url', { scope: 'file' }, async ({}, { onCleanup }) => {
  const dir = await mkdtemp(path.join(inject('services').dir, 'files-'));
  await mkdir(`${dir}/_app/immutable`, { recursive: true });
  await writeFile(`${dir}/_app/immutable/a.js`, SCRIPT);
  await writeFile(`${dir}/_app/immutable/a.js.br`, brotliCompressSync(SCRIPT));
  await writeFile(`${dir}/_app/immutable/a.js.gz`, gzipSync(SCRIPT));
  await writeFile(`${dir}/favicon.svg`, '<svg/>');
  const app = new Koa().use(serveFiles(await holdFiles(dir), address => address.startsWith('/_app/immutable/')));
  await rm(dir, { recursive: true });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onCleanup(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

/** Not by `fetch`, which would put an odd address right before it is sent, and ask past what is kept. */
async function statusOf(url: string, address: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  const [answer] = (await once(get({ hostname, port, path: address, headers }), 'response')) as [IncomingMessage]; // what 'response' carries
  answer.resume();
  return answer.statusCode;
}

test('files are served as the process found them, in the packing that a browser takes, though their folder is gone', async ({ url }) => {
  const a = `${url}/_app/immutable/a.js`;
  for (const [accept, packing] of [
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const answer = await fetch(a, { headers: { 'accept-encoding': accept } });
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, packing]);
    expect(await answer.text()).toBe(SCRIPT);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': expect.stringContaining('javascript') as unknown,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
    const etag = answer.headers.get('etag') ?? '';
    expect(await statusOf(url, '/_app/immutable/a.js', { 'accept-encoding': accept, 'if-none-match': etag })).toBe(304);
    expect(await statusOf(url, '/_app/immutable/a.js', { 'accept-encoding': accept, 'if-none-match': '"other"' })).toBe(200);
  }
  const icon = await fetch(`${url}/favicon.svg`);
  expect([icon.headers.get('content-type'), icon.headers.get('cache-control')]).toEqual(['image/svg+xml', 'no-cache']);
  const head = await fetch(`${url}/favicon.svg`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '6', '']);
});

test('nothing else is a file: no folder, no packing by its own name, nothing beside the folder, nothing that is sent', async ({ url }) => {
  for (const address of ['/', '/_app', '/_app/immutable/a.js.br', '/../favicon.svg', '/%2e%2e/favicon.svg', '/__proto__', '/favicon.svg/'])
    expect([address, await statusOf(url, address)]).toEqual([address, 404]);
  expect((await fetch(`${url}/favicon.svg`, { method: 'POST' })).status).toBe(404);
});
