import { once } from 'node:events';
import { createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { heardIn } from '#contract/languages.ts';
import { Event } from '#server/events/Event.ts';
import { checkDueHosts } from '#server/hosts/check-due.ts';
import { forgetChecks } from '#server/hosts/history.ts';
import { HostCheck } from '#server/hosts/WatchedHost.ts';
import { Outbound } from '#server/platform/outbound.ts';
import networkStatus from '#server/widgets/network-status.ts';
import { test as app } from '../../support/app.ts';
import { browserOf, someone } from '../../support/people.ts';

/** A web server on this machine that answers as it is told, and the way to it. */
const test = app.extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
  const site = { status: 200, place: '', requests: 0 };
  const server = createServer((_, response) => {
    site.requests += 1;
    response.writeHead(site.status).end('x'.repeat(1_000_000));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onCleanup(() => void server.close());
  site.place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
});

test('a host is looked at on time, told of once when it is down and once when it is back, and its history is kept', async ({
  owner,
  orm,
  site,
}) => {
  const outbound = new Outbound({ allowedPrivateHosts: [site.place] });
  const em = orm.em.fork();
  const web = await owner.call('POST /hosts', { body: { name: 'Shop', target: `http://${site.place}/health`, steady: 2 } });
  const port = await owner.call('POST /hosts', { body: { name: 'Database', target: site.place, steady: 2 } });
  /** A round of checks, as if their time had come. */
  const round = async (): Promise<number> => {
    await em.execute('update watched_host set due_at = now()');
    const counts = await Promise.all([checkDueHosts(orm.em.fork(), outbound), checkDueHosts(orm.em.fork(), outbound)]);
    return counts.reduce((sum, count) => sum + count, 0);
  };
  expect(await round()).toBe(2); // by whichever of two workers, each once
  expect(await checkDueHosts(orm.em.fork(), outbound)).toBe(0);
  site.status = 503;
  await round();
  const look = async () => new Map((await owner.call('GET /hosts')).items.map(host => [host.name, host]));
  expect((await look()).get('Shop')).toMatchObject({ state: 'up', last: { reason: 'It answers 503 instead of 200.' } });
  await round();
  await round();
  expect((await look()).get('Shop')).toMatchObject({ state: 'down' });
  expect((await look()).get('Database')).toMatchObject({ state: 'up', last: { reason: null } });
  const figures = (await networkStatus.load?.({ em: orm.em.fork() } as never)) as {
    rows: { lamp: string; cells: Record<string, unknown> }[];
  };
  expect(figures.rows.map(({ lamp, cells }) => [lamp, cells['host'], heardIn('en', cells['state'])])).toEqual([
    ['bad', 'Shop', 'down'],
    ['ok', 'Database', 'up'],
  ]);
  site.status = 200;
  await round();
  await round();
  const told = await em.find(Event, { type: { $in: ['host.down', 'host.back'] } }, { orderBy: { id: 'asc' } });
  expect(told.map(({ type, facts }) => [type, facts['host']])).toEqual([
    ['host.down', 'Shop'],
    ['host.back', 'Shop'],
  ]);
  const history = await owner.call('GET /hosts/:id/history', { params: { id: web.id } });
  expect(history.outages).toMatchObject([{ reason: 'It answers 503 instead of 200.', to: expect.any(String) as string }]);
  expect(history.hours.reduce((sum, { checks }) => sum + checks, 0)).toBe(6);
  expect(history.hours.reduce((sum, { failed }) => sum + failed, 0)).toBe(3);

  await em.execute(`update host_check set at = at - interval '20 days'`);
  expect(await forgetChecks(orm.em.fork())).toBe(10); // all but the two that turned it
  await owner.call('DELETE /hosts/:id', { params: { id: web.id } });
  expect(await orm.em.fork().count(HostCheck, { host: web.id })).toBe(0);
  await owner.call('DELETE /hosts/:id', { params: { id: port.id } });
});

test('what is inside is refused until a Full Administrator opens that network, and this machine never is', async ({
  owner,
  orm,
  server,
}) => {
  const tried = async (target: string) => (await owner.call('POST /hosts/test', { body: { target, within: 300 } })).reason;
  expect(await tried('127.0.0.1:5432')).toMatch(/not on the open internet/);
  expect(await tried('http://10.11.12.13/')).toMatch(/not on the open internet/);
  await owner.call('POST /session/confirm', { body: { by: 'password', password: 'correct horse battery staple' } });
  await owner.call('PUT /hosts/networks', { body: { networks: '10.0.0.0/8,  127.0.0.0/8, 169.254.0.0/16' } });
  expect(await owner.call('GET /hosts')).toMatchObject({ networks: '10.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16' });
  expect(await tried('http://10.11.12.13/')).not.toMatch(/not on the open internet/); // there is no such host here, and it was tried
  expect(await tried('127.0.0.1:5432')).toMatch(/not on the open internet/);
  expect(await tried('169.254.169.254:80')).toMatch(/not on the open internet/);
  expect(await owner.codeOf('PUT /hosts/networks', { body: { networks: 'everything' } })).toBe('invalid');
  const em = orm.em.fork();
  const editor = await browserOf(em, await someone(em, 'settings.edit'), server.url);
  await em.execute('update session set confirmed_at = now()');
  expect(await editor.codeOf('PUT /hosts/networks', { body: { networks: '' } })).toBe('forbidden');
});

test.for(['db.example.com', 'ftp://example.com', 'http://me:secret@example.com/', 'example.com:70000', 'a b:80', ''])(
  'what is no host, such as “%s”, is not watched',
  async (target, { owner }) => {
    expect(await owner.codeOf('POST /hosts', { body: { name: 'x', target } })).toBe('invalid');
  },
);

test('of two editors the later is told, a name stands once, and another target begins anew', async ({ owner, orm }) => {
  const host = await owner.call('POST /hosts', { body: { name: 'One', target: 'one.example.com:443' } });
  expect(await owner.codeOf('POST /hosts', { body: { name: 'ONE', target: 'two.example.com:443' } })).toBe('name_taken');
  await orm.em.fork().execute(`update watched_host set state = 'down' where id = ?`, [host.id]);
  const edited = await owner.call('PATCH /hosts/:id', {
    params: { id: host.id },
    body: { version: host.version, target: 'three.example.com:443' },
  });
  expect(edited).toMatchObject({ state: 'unknown', target: 'three.example.com:443' });
  expect(await owner.codeOf('PATCH /hosts/:id', { params: { id: host.id }, body: { version: host.version, within: 200 } })).toBe(
    'conflict',
  );
});

test('a host that accepts and says nothing is late, and one that talks is not read', async ({ site }) => {
  const outbound = (place: string): Outbound => new Outbound({ allowedPrivateHosts: [place] });
  const silent = net.createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const place = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  await expect(outbound(place).probe(`http://${place}/`, { within: 200, networks: [] })).rejects.toThrow(/did not answer within 0\.2 s/);
  expect(await outbound(place).probe(place, { within: 200, networks: [] })).toBeUndefined();
  silent.close();
  site.status = 204;
  expect(await outbound(site.place).probe(`http://${site.place}/`, { within: 1000, networks: [] })).toBe(204);
});
