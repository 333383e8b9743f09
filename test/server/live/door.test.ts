import { once } from 'node:events';
import { connect as dial } from 'node:net';
import { describe, expect } from 'vitest';
import { test as base } from '../../support/world.ts';
import { ORIGIN, Sessions, type Site, connected, openSite, openTab } from './site.ts';

const sessions = new Sessions();
const test = base.extend('site', { scope: 'file' }, async ({ redisUrl }, { onCleanup }): Promise<Site> => {
  const site = await openSite(redisUrl, sessions, { attendance: 'none' });
  onCleanup(() => site.stop());
  return site;
});

/** What a raw handshake is answered, its first line and body. */
async function handshake(site: Site, headers: Record<string, string>, query = 'EIO=4&transport=websocket'): Promise<string> {
  const socket = dial(Number(new URL(site.url).port), '127.0.0.1');
  const upgrade = {
    Host: 'admin.test',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const lines = Object.entries({ ...upgrade, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET /socket.io/?${query} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString('latin1');
}

describe('the door', () => {
  test('lets in who has a session and comes from our own page', async ({ site }) => {
    const answer = await handshake(site, { Cookie: `session=${sessions.open()}`, Origin: ORIGIN });
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
  });

  for (const origin of [
    'https://evil.test',
    'https://admin.test',
    'http://admin.test.evil.test',
    'http://admin.test:80',
    'HTTP://ADMIN.TEST',
    'null',
    '',
  ]) {
    test(`refuses the origin "${origin}"`, async ({ site }) => {
      const answer = await handshake(site, { Cookie: `session=${sessions.open()}`, Origin: origin });
      expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*foreign_origin$/);
    });
  }

  test('takes a program that sends no origin, but no browser that hides it', async ({ site }) => {
    const cookie = `session=${sessions.open()}`;
    expect(await handshake(site, { Cookie: cookie })).toMatch(/^HTTP\/1\.1 101 /);
    expect(await handshake(site, { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site' })).toMatch(/^HTTP\/1\.1 400 [^]*foreign_origin$/);
  });

  test('refuses whoever is not signed in, and every transport but WebSocket', async ({ site }) => {
    expect(await handshake(site, { Origin: ORIGIN })).toMatch(/^HTTP\/1\.1 400 [^]*signed_out$/);
    const polling = await fetch(`${site.url}/socket.io/?EIO=4&transport=polling`, { headers: { cookie: `session=${sessions.open()}` } });
    expect(polling.status).toBe(400);
    expect(await handshake(site, { Origin: ORIGIN, Cookie: `session=${sessions.open()}` }, 'EIO=4&transport=polling')).toMatch(/ 400 /);
  });

  test('gives a session ten sockets, and one more when one was closed', async ({ site }) => {
    const session = sessions.open();
    const tabs = await Promise.all(Array.from({ length: 10 }, () => connected(openTab(site.url, session))));
    await expect(connected(openTab(site.url, session))).rejects.toThrow();
    tabs[0]?.socket.close();
    await expect
      .poll(() =>
        connected(openTab(site.url, session)).then(
          tab => tabs.push(tab),
          () => 0,
        ),
      )
      .toBe(11);
    for (const tab of tabs) tab.socket.close();
  });

  test('survives a connection that is reset while it waits', async ({ site }) => {
    const door = sessions.door.bind(sessions);
    let knocked = 0;
    sessions.door = async request => {
      knocked += 1;
      await new Promise(resolve => request.socket.on('close', resolve)); // `once` of node:events would listen for errors too
      return door(request);
    };
    const socket = dial(Number(new URL(site.url).port), '127.0.0.1');
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: admin.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${ORIGIN}\r\nCookie: session=${sessions.open()}\r\n\r\n`,
    );
    await expect.poll(() => knocked).toBe(1);
    socket.resetAndDestroy();
    await once(socket, 'close');
    sessions.door = door;
    const tab = await connected(openTab(site.url, sessions.open()));
    tab.socket.close();
  });
});

describe('a socket', () => {
  for (const [what, event, ...args] of [
    ['an event that does not exist', 'admin:delete', 1],
    ['a page that is none', 'presence:here', { away: false, page: 'https://evil.test' }],
    ['a field too many', 'presence:here', { away: false, page: '/', admin: true }],
    ['nothing', 'presence:here'],
    ['that it watches and does not ask to be heard', 'widgets:watched', ['activity']],
    ['more widgets than a dashboard has', 'widgets:watched', Array.from({ length: 201 }, String), () => undefined],
  ] as const) {
    test(`is closed when it says ${what}`, async ({ site }) => {
      const tab = await connected(openTab(site.url, sessions.open()));
      tab.socket.emit(event, ...args);
      await expect.poll(() => tab.socket.connected).toBe(false);
    });
  }

  test('may say forty things at once, and is closed for more', async ({ site }) => {
    const tab = await connected(openTab(site.url, sessions.open()));
    const say = (times: number): void => {
      for (let i = 0; i < times; i += 1) tab.socket.emit('presence:here', { away: false, page: '/dashboard' });
    };
    say(40);
    await new Promise(resolve => tab.socket.once('live:beat', resolve)); // by then it was judged
    expect(tab.socket.connected).toBe(true);
    say(60);
    await expect.poll(() => tab.socket.connected).toBe(false);
  });

  test('hears within seconds that its link is alive', async ({ site }) => {
    const tab = await connected(openTab(site.url, sessions.open()));
    const beats: number[] = [];
    tab.socket.on('live:beat', (at: number) => beats.push(at));
    await expect.poll(() => beats.length, { timeout: 5000 }).toBeGreaterThan(1);
    expect((beats[1] ?? 0) - (beats[0] ?? 0)).toBeGreaterThan(1500);
    tab.socket.close();
  });
});
