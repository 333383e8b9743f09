import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Outbound, isPublic } from '#server/platform/outbound.ts';

/** Listens on loopback and counts who comes: a guarded way out never does, unless it was allowed. */
let connections = 0;
let port = 0;
const bodies: Record<string, string> = { '/': 'ok', '/large': 'x'.repeat(70_000) };
const server: Server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (path === '/elsewhere') response.writeHead(302, { location: '/' }).end();
  else if (path === '/cut') request.socket.destroy();
  else if (path === '/silent') response.writeHead(200).write('x');
  else response.end(bodies[path]);
});
server.on('connection', () => (connections += 1));

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(() => (connections = 0));

const allowing = (): Outbound => new Outbound({ allowedPrivateHosts: [`127.0.0.1:${port}`] });

const hosts = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f.1',
  '017700000001',
  '0',
  '0.0.0.0',
  '[::]',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  'localhost',
  'localhost.',
  'LOCALHOST',
];
const inner = [
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '224.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
  '198.18.0.1',
];

test.for([...hosts, ...inner])('does not go to %s', async host => {
  // where a resolver knows no `localhost.`, there is nothing to refuse
  const kind = host === 'localhost.' ? /refused|unreachable/ : /refused/;
  await expect(new Outbound().request(`https://${host}/`)).rejects.toMatchObject({ kind: expect.stringMatching(kind) as unknown });
  await expect(new Outbound().connect(host.replace(/^\[|\]$/g, ''), 587)).rejects.toMatchObject({
    kind: expect.stringMatching(kind) as unknown,
  });
  expect(connections).toBe(0);
});

test.for([
  'http://example.org/',
  'gopher://example.org/',
  'file:///etc/passwd',
  'ftp://example.org/',
  'https://example.org:22/',
  'https://example.org:6379/',
  'https://example.org:25/',
  'https://example.org:0/',
  'https://slack.com@evil.test/',
  'https://user:pass@example.org/',
  'https://slack.com%2eevil.test@127.0.0.1/',
  'nonsense',
  '//example.org',
])('does not ask %s', async url => {
  await expect(new Outbound().request(url)).rejects.toMatchObject({ kind: 'refused' });
});

test('an exact host and port can be allowed, and only that', async () => {
  await expect(new Outbound().request(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ kind: 'refused' });
  const answer = await allowing().request(`http://127.0.0.1:${port}/`);
  expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
  await expect(allowing().request(`http://localhost:${port}/`)).rejects.toMatchObject({ kind: 'refused' });
  await expect(allowing().request(`http://127.0.0.1:${port + 1}/`)).rejects.toMatchObject({ kind: 'refused' });
  expect(connections).toBe(1);
});

test('what the operator wrote into the environment counts as allowed', () => {
  const outbound = new Outbound({ operatorUrls: ['smtp://user:secret@127.0.0.1:2525', undefined, 'smtps://mail.example.org'] });
  expect(outbound.isAllowed('127.0.0.1', 2525)).toBe(true);
  expect(outbound.isAllowed('mail.example.org', 465)).toBe(true);
  expect(outbound.isAllowed('mail.example.org', 25)).toBe(false);
});

test('follows no redirect', async () => {
  const answer = await allowing().request(`http://127.0.0.1:${port}/elsewhere`);
  expect(answer.status).toBe(302);
});

test('reads no more than it was told to', async () => {
  await expect(allowing().request(`http://127.0.0.1:${port}/large`)).rejects.toMatchObject({ kind: 'too-large' });
  const answer = await allowing().request(`http://127.0.0.1:${port}/large`, { largest: 80_000 });
  expect((await answer.text()).length).toBe(70_000);
});

test('says why nothing came back, without a word of what did', async () => {
  await expect(allowing().request(`http://127.0.0.1:${port}/cut`)).rejects.toMatchObject({
    kind: 'unreachable',
    message: `127.0.0.1:${port} cut the connection.`,
  });
  const closed = new Outbound({ allowedPrivateHosts: ['127.0.0.1:1'] });
  await expect(closed.request('http://127.0.0.1:1/')).rejects.toThrow('refused the connection: nothing listens there');
  await expect(closed.request('https://nowhere.invalid/')).rejects.toMatchObject({ kind: 'unreachable' });
});

test('the caller can end it earlier, also in the middle of an answer', async () => {
  await expect(allowing().request(`http://127.0.0.1:${port}/silent`, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    kind: 'timeout',
  });
});

test('a mail server on an unusual port has to be allowed', async () => {
  await expect(new Outbound().connect('mail.example.org', port)).rejects.toThrow(`ALLOWED_PRIVATE_HOSTS=mail.example.org:${port}`);
  const socket = await allowing().connect('127.0.0.1', port);
  expect(socket).toBeInstanceOf(net.Socket);
  socket.destroy();
});

test('knows the open internet', () => {
  expect(['8.8.8.8', '2606:4700::1111', '1.1.1.1'].map(isPublic)).toEqual([true, true, true]);
  expect(['127.0.0.1', '::1', '::ffff:10.0.0.1', 'not an address', ''].map(isPublic)).toEqual([false, false, false, false, false]);
});
