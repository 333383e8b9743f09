import { once } from 'node:events';
import { type Server, type ServerResponse, createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { closeGracefully, listen, serverLimits } from '#server/platform/http/listen.ts';

/** A server whose answers wait to be given. */
async function slowServer(): Promise<{ http: Server; url: string; asked: Promise<ServerResponse> }> {
  const http = createServer(serverLimits);
  onTestFinished(() => http.closeAllConnections());
  const asked = once(http, 'request').then(([, response]) => response as ServerResponse); // as node:http documents the event
  return { http, url: await listen(http, '127.0.0.1', 0), asked };
}

test('stopping lets a request under way finish, takes no new one, and does not wait for kept-alive connections', async () => {
  const { http, url, asked } = await slowServer();
  const answer = fetch(url);
  const response = await asked;
  const closed = closeGracefully(http, 10_000);
  await expect(fetch(url)).rejects.toThrow();
  response.end('done');
  expect(await (await answer).text()).toBe('done');
  const began = performance.now();
  await closed;
  expect(performance.now() - began).toBeLessThan(1000); // a kept-alive connection idles for 5 s
});

test('stopping cuts a request that takes longer than the grace', async () => {
  const { http, url, asked } = await slowServer();
  const answer = expect(fetch(url)).rejects.toThrow();
  await asked;
  await closeGracefully(http, 100);
  await answer;
});

test('whoever dribbles a request is let go within seconds', async () => {
  const { http, url } = await slowServer();
  const slow = connect(Number(new URL(url).port), '127.0.0.1', () => slow.write('GET / HTTP/1.1\r\nHost: x\r\n'));
  const began = performance.now();
  await once(slow.resume(), 'close');
  expect(performance.now() - began).toBeLessThan(8000);
  await closeGracefully(http, 0);
});

test('a URL for a browser is said also when every address is listened on', async () => {
  const http = createServer();
  const url = await listen(http, '0.0.0.0', 0);
  onTestFinished(() => void http.close());
  expect(url).toMatch(/^http:\/\/localhost:\d+$/);
});
