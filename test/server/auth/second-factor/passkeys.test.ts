import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { createLog } from '#server/platform/log.ts';
import { type RunningServer, startServer } from '#server/serve.ts';
import { envFor } from '../../../support/app.ts';
import { test as byMail } from '../../../support/by-mail.ts';
import { Caller } from '../../../support/caller.ts';
import { enrolApp } from '../../../support/factors.ts';
import { browserOf, someRole, someone, superadmin, withRoles } from '../../../support/people.ts';
import { SoftPasskey } from '../../../support/soft-passkey.ts';

const test = byMail.extend('server', { scope: 'file' }, async ({ database, redisUrl }, { onCleanup }): Promise<RunningServer> => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const port = String((free.address() as AddressInfo).port); // of a server that listens on a port
  free.close();
  await once(free, 'close');
  // passkeys belong to a host name
  const env = envFor(database, redisUrl, { PORT: port, BASE_URL: `http://localhost:${port}` });
  const server = await startServer({ env, log: createLog('silent'), client: 'none' });
  onCleanup(() => server.stop());
  return server;
});

/** Gives the person signed in there a passkey. */
async function enrol(browser: Caller): Promise<SoftPasskey> {
  const key = new SoftPasskey(browser.url);
  const passkey = key.make(await browser.call('POST /me/passkeys/options'));
  await browser.call('POST /me/passkeys', { body: { name: 'Soft', passkey } });
  return key;
}
const signIn = (browser: Caller, signature: object) => browser.codeOf('POST /session/passkey', { body: { signature } });

describe('a passkey', () => {
  test('signs in as the only step, each signature once, also of ten at the same instant', async ({ server, orm }) => {
    const em = orm.em.fork();
    const admin = await someone(em, 'dashboard.view');
    const key = await enrol(await browserOf(em, admin, server.url));
    const signature = key.sign(await new Caller(server.url).call('POST /session/passkey/options'));
    const browsers = Array.from({ length: 10 }, () => new Caller(server.url));
    const answers = await Promise.all(browsers.map(browser => signIn(browser, signature)));
    expect(answers.filter(answer => answer === 'ok')).toHaveLength(1);
    expect(answers.filter(answer => answer === 'wrong_credentials')).toHaveLength(9);
    const [winner] = browsers.filter((_, i) => answers[i] === 'ok');
    expect(await winner?.call('GET /session')).toMatchObject({ wants: null, me: { username: admin.username } });
  });

  test('keeps nobody signed in whose role forbids it', async ({ server, orm }) => {
    const em = orm.em.fork();
    const role = await someRole(em, 'dashboard.view');
    const key = await enrol(await browserOf(em, await withRoles(em, role), server.url));
    const keep = async () => {
      const browser = new Caller(server.url);
      const signature = key.sign(await browser.call('POST /session/passkey/options'));
      await browser.call('POST /session/passkey', { body: { signature, keep: true } });
      return (await browser.call('GET /me/sessions')).items.find(({ current }) => current)?.kept;
    };
    expect(await keep()).toBe(true);
    role.keepSignedIn = false;
    await em.flush();
    expect(await keep()).toBe(false);
  });

  test('is refused where it signed for another site, was not asked who touches it, or falls behind its count', async ({ server, orm }) => {
    const em = orm.em.fork();
    const key = await enrol(await browserOf(em, await someone(em, 'dashboard.view'), server.url));
    const stranger = new Caller(server.url);
    const options = () => stranger.call('POST /session/passkey/options');
    expect(await signIn(stranger, key.sign(await options(), { origin: 'http://evil.test' }))).toBe('wrong_credentials');
    expect(await signIn(stranger, key.sign(await options(), { unverified: true }))).toBe('wrong_credentials');
    expect(await signIn(stranger, key.sign({ ...(await options()), challenge: 'bm9uZSBvZiBvdXJz' }))).toBe('wrong_credentials');
    expect(await signIn(stranger, new SoftPasskey(server.url).sign(await options()))).toBe('wrong_credentials');
    expect(await signIn(stranger, key.sign(await options()))).toBe('ok');
    expect(await signIn(stranger, key.sign(await options(), { counter: 1 }))).toBe('wrong_credentials');
  });

  test('of a disabled person opens nothing', async ({ server, orm }) => {
    const em = orm.em.fork();
    const admin = await someone(em, 'dashboard.view');
    const key = await enrol(await browserOf(em, admin, server.url));
    const stranger = new Caller(server.url);
    const signature = key.sign(await stranger.call('POST /session/passkey/options'));
    await em.execute('update admin set disabled_at = now() where id = ?', [admin.id]);
    expect(await signIn(stranger, signature)).toBe('wrong_credentials');
    expect(await stranger.codeOf('GET /session')).toBe('signed_out');
  });

  test('answers what its own session was asked, and belongs to one person', async ({ server, orm }) => {
    const em = orm.em.fork();
    const [kim, lee] = [await someone(em, 'dashboard.view'), await someone(em, 'dashboard.view')];
    const key = await enrol(await browserOf(em, kim, server.url));
    const [one, other] = [await browserOf(em, kim, server.url, 'password'), await browserOf(em, kim, server.url, 'password')];
    const options = await one.call('POST /session/second-factor/options');
    expect(options.allowCredentials).toHaveLength(1);
    const give = (browser: Caller, signature: object) =>
      browser.codeOf('POST /session/second-factor', { body: { proof: { by: 'passkey', signature } } });
    expect(await give(other, key.sign(options))).toBe('wrong_code');
    expect(await give(one, key.sign(options))).toBe('ok');
    const browser = await browserOf(em, lee, server.url);
    expect(
      await browser.codeOf('POST /me/passkeys', {
        body: { name: 'Stolen', passkey: key.make(await browser.call('POST /me/passkeys/options')) },
      }),
    ).toBe('conflict');
    expect((await browser.call('GET /me/second-factors')).passkeys).toEqual([]);
  });

  test('has a name, and others cannot touch it', async ({ server, orm }) => {
    const em = orm.em.fork();
    const browser = await browserOf(em, await someone(em, 'dashboard.view'), server.url);
    await enrol(browser);
    const [passkey] = (await browser.call('GET /me/second-factors')).passkeys;
    const params = { id: passkey?.id ?? '' };
    expect((await browser.call('PATCH /me/passkeys/:id', { params, body: { name: 'Blue key' } })).name).toBe('Blue key');
    const stranger = await browserOf(em, await someone(em, 'dashboard.view'), server.url);
    expect(await stranger.codeOf('PATCH /me/passkeys/:id', { params, body: { name: 'Mine' } })).toBe('not_found');
    expect(await stranger.codeOf('DELETE /me/passkeys/:id', { params })).toBe('not_found');
    await browser.call('DELETE /me/passkeys/:id', { params });
    expect(await browser.call('GET /session')).toMatchObject({ ways: [] });
  });
});

test('every change of somebody’s second factors is told to their address, whatever mail they chose', async ({
  server,
  orm,
  mailbox,
  work,
}) => {
  const em = orm.em.fork();
  await work.settle();
  mailbox.reset();
  const role = await someRole(em, 'dashboard.view');
  role.messageTypes = [];
  const person = await withRoles(em, role);
  const browser = await browserOf(em, person, server.url);
  await enrolApp(browser);
  await enrol(browser);
  const [passkey] = (await browser.call('GET /me/second-factors')).passkeys;
  await browser.call('POST /me/second-factors/recovery-codes');
  await browser.call('DELETE /me/passkeys/:id', { params: { id: passkey?.id ?? '' } });
  await browser.call('DELETE /me/second-factors/app');
  await enrolApp(browser);
  await (await browserOf(em, await superadmin(em), server.url)).call('DELETE /admins/:id/second-factors', { params: { id: person.id } });
  await work.settle();
  expect(mailbox.mails.every(({ to }) => to.join() === person.email)).toBe(true);
  expect(mailbox.mails.map(({ mail }) => mail.subject).toSorted()).toEqual(
    [
      'An authenticator app was added to your account',
      'A passkey was added to your account',
      'Your recovery codes were made anew',
      'A passkey was removed from your account',
      'Your authenticator app was removed',
      'An authenticator app was added to your account',
      'Your second factor was reset',
    ].toSorted(),
  );
  const added = mailbox.mails.find(({ mail }) => mail.subject === 'A passkey was added to your account')?.mail.text;
  expect(added).toContain(`The passkey Soft was added to your account ${person.username} on `);
  expect(added).toContain('from 127.0.0.1.');
  expect(added).toContain(`${server.url}/account/security`);
});
