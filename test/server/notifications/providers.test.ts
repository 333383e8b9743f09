import { expect } from 'vitest';
import { Refusal } from '../../support/caller.ts';
import { HIPCHAT_TOKEN } from '../../support/counterparts/hipchat.ts';
import { TOKEN, refusal } from '../../support/counterparts/slack.ts';
import { HOOK_SECRET } from '../../support/counterparts/webhook.ts';
import { MAIL_PASSWORD, MAIL_USER } from '../../support/mailbox.ts';
import { test, typesSince, withToken } from './api-site.ts';

test('a token is tried before it is stored, and never given back', async ({ person, slack, orm }) => {
  const since = new Date();
  const refused = await person
    .call('PUT /notification-providers/:id', { params: { id: 'slack' }, body: { settings: { token: 'xoxb-000000000000-bad' } } })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect((refused as Refusal).problem).toMatchObject({
    code: 'test_failed',
    detail: 'Token: Slack refused the token (invalid_auth). Paste a new bot token in Providers.',
  });
  expect(await person.call('GET /notification-providers/:id', { params: { id: 'slack' } })).toMatchObject({
    state: 'inactive',
    secrets: {},
  });
  slack.scopes = 'channels:read';
  expect(await person.codeOf('PUT /notification-providers/:id', withToken)).toBe('test_failed');
  slack.scopes = 'chat:write,channels:read,groups:read';
  const view = await person.call('PUT /notification-providers/:id', withToken);
  expect(view).toMatchObject({
    state: 'active',
    settings: {},
    secrets: { token: 'oken' },
    settingsForm: { properties: { token: { secret: true, title: 'Bot token' } } },
    targetForm: { properties: { channel: { choices: true } } },
  });
  expect(JSON.stringify(view)).not.toContain(TOKEN);
  const again = await person.call('PUT /notification-providers/:id', { params: { id: 'slack' }, body: { settings: {} } });
  expect(again.state).toBe('active');
  expect(again.activeSince).toBe(view.activeSince);
  expect(await typesSince(orm, since)).toEqual(['provider.activated', 'provider.activated']);
});

test('a test shows its steps, and sends where it is told to', async ({ person, slack }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const good = await person.call('POST /notification-providers/:id/test', {
    params: { id: 'slack' },
    body: { target: { channel: 'C000001' } },
  });
  expect(good).toEqual({
    ok: true,
    steps: [
      { label: 'Reach Slack', state: 'ok', detail: 'Slack answered.' },
      { label: 'Token', state: 'ok', detail: 'Signed in to Northwind as quarterdeck.' },
      { label: 'Permission to post', state: 'ok', detail: 'The bot may post.' },
      { label: 'Send', state: 'ok', detail: 'ok, channel C000001, ts 17000000.1' },
    ],
  });
  expect(slack.posts[0]?.text).toMatch(/^\[Test\]/);
  slack.faults.push(refusal('not_in_channel'));
  const bad = await person.call('POST /notification-providers/:id/test', {
    params: { id: 'slack' },
    body: { target: { channel: 'C000001' } },
  });
  expect(bad.ok).toBe(false);
  expect(bad.steps.at(-1)?.detail).toContain('Invite it there');
  expect(
    await person.codeOf('POST /notification-providers/:id/test', { params: { id: 'slack' }, body: { target: { channel: 'general' } } }),
  ).toBe('invalid');
});

test('channels are found by a part of their name, over all pages', async ({ person, slack }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  const choose = (search: string) =>
    person.call('POST /notification-providers/:id/choices', { params: { id: 'slack' }, body: { field: 'channel', search } });
  expect(await choose('#channel-44')).toEqual({
    items: [
      { value: 'C000044', label: '#channel-44' },
      ...Array.from({ length: 10 }, (_, at) => ({
        value: `C00044${at}`,
        label: `#channel-44${at}`,
        ...(at % 2 ? { note: 'Not a member: invite the bot' } : {}),
      })),
    ],
    more: false,
  });
  const all = await choose('');
  expect([all.items.length, all.more]).toEqual([50, true]);
  expect(slack.calls.filter(call => call === 'conversations.list')).toHaveLength(4);
});

test('a new mail server means the password anew', async ({ person, mailbox, trap }) => {
  const settings = { host: '127.0.0.1', port: mailbox.port, security: 'none', user: MAIL_USER, fromAddress: 'desk@northwind.example' };
  const params = { id: 'email' };
  const save = (more: object) => person.call('PUT /notification-providers/:id', { params, body: { settings: { ...settings, ...more } } });
  expect(await save({ password: MAIL_PASSWORD })).toMatchObject({
    state: 'active',
    settings,
    secrets: { password: MAIL_PASSWORD.slice(-4) },
  });
  expect(await save({ fromName: 'Desk' })).toMatchObject({ state: 'active' });
  expect(mailbox.passwords).toEqual([MAIL_PASSWORD, MAIL_PASSWORD]); // the stored one signed in
  const elsewhere = { settings: { ...settings, port: trap.port } };
  expect(await person.codeOf('PUT /notification-providers/:id', { params, body: elsewhere })).toBe('test_failed');
  expect((await person.call('POST /notification-providers/:id/test', { params, body: elsewhere })).ok).toBe(false);
  expect(trap.passwords).toEqual([]);
  await person.call('DELETE /notification-providers/:id', { params });
});

test('another HipChat server means the token anew', async ({ person, hipchat, receiver }) => {
  const params = { id: 'hipchat' };
  const save = (settings: object) => person.call('PUT /notification-providers/:id', { params, body: { settings: { ...settings } } });
  expect(await save({ url: `${hipchat.url}v2`, token: HIPCHAT_TOKEN })).toMatchObject({
    state: 'active',
    description: expect.stringContaining('ended in 2019') as unknown,
    settings: { url: hipchat.url.slice(0, -1) },
  });
  expect(await save({ url: hipchat.url })).toMatchObject({ state: 'active', secrets: { token: '4417' } });
  const elsewhere = { params, body: { settings: { url: receiver.url } } };
  expect(await person.codeOf('PUT /notification-providers/:id', elsewhere)).toBe('invalid');
  expect(await person.codeOf('POST /notification-providers/:id/test', elsewhere)).toBe('invalid');
  expect(receiver.calls).toEqual([]);
  const shown = await person.call('POST /notification-providers/:id/preview', { params, body: { target: { room: '1', color: 'red' } } });
  expect(shown).toMatchObject({ as: 'chat', color: 'red', loud: false, footer: expect.stringContaining('“Example”') as unknown });
  await person.call('DELETE /notification-providers/:id', { params });
});

test('a webhook’s new secret signs beside the one before, which no form can write', async ({ person, receiver }) => {
  const params = { id: 'webhook' };
  const save = (settings: object) =>
    person.call('PUT /notification-providers/:id', { params, body: { settings: { url: receiver.url, ...settings } } });
  expect(await save({ secret: HOOK_SECRET, previousSecret: 'planted', previousUntil: '2090-01-01T00:00:00.000Z' })).toMatchObject({
    settings: { url: receiver.url },
    secrets: { secret: HOOK_SECRET.slice(-4) },
    note: null,
  });
  const renewed = await save({ secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }); // which the receiver does not know yet
  expect(renewed).toMatchObject({ state: 'active', secrets: { secret: expect.any(String) as unknown } });
  expect(Object.keys(renewed.secrets)).toEqual(['secret']);
  expect(renewed.note?.until).toBeTruthy();
  expect((await save({})).note).toEqual(renewed.note);
  const shown = await person.call('POST /notification-providers/:id/preview', { params, body: { target: { path: '/x' } } });
  expect(shown).toMatchObject({ as: 'request', address: `${receiver.url}x` });
  expect(JSON.stringify(shown)).not.toMatch(/v1,[A-Za-z0-9]/);
  await person.call('DELETE /notification-providers/:id', { params });
});

test('a bot that may not see private channels still offers the others', async ({ person, slack }) => {
  await person.call('PUT /notification-providers/:id', withToken);
  slack.scopes = 'chat:write,channels:read';
  const { items } = await person.call('POST /notification-providers/:id/choices', {
    params: { id: 'slack' },
    body: { field: 'channel', search: 'channel-7' },
  });
  slack.scopes = 'chat:write,channels:read,groups:read';
  expect(items[0]).toEqual({ value: 'C000007', label: '#channel-7', note: 'Not a member: invite the bot' });
});
