import fc from 'fast-check';
import { beforeEach, expect } from 'vitest';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { deliver } from '#server/notifications/deliver.ts';
import { hipChatMessage } from '#server/notifications/providers/_hipchat-message.ts';
import type { Message } from '#server/notifications/providers/_provider.ts';
import hipchatProvider from '#server/notifications/providers/hipchat.ts';
import { ERROR_500, type Fault, HALF_JSON, HTML_502 } from '../../support/counterparts/counterpart.ts';
import { HIPCHAT_TOKEN } from '../../support/counterparts/hipchat.ts';
import { activateHipChat, makeDue, oneDelivery, standing, test } from './house.ts';

beforeEach<{ hipchat: { reset(): void } }>(({ hipchat }) => hipchat.reset());

const target = { room: '1003', color: 'green', notify: true, format: 'html' };
const toRoom = { targets: [{ provider: 'hipchat', target, label: 'Sales' }] };

test('a message reaches its room as a card, with what stands beside it, and its id in both', async ({ orm, owner, tools, hipchat }) => {
  const em = orm.em.fork();
  await activateHipChat(em, owner, tools, hipchat);
  const id = await oneDelivery(em, owner, { ...toRoom, facts: { client: '<b>@all</b> & /code' } });
  await deliver(em.fork(), tools, id, []);
  expect(await standing(em, id)).toMatchObject({ state: 'sent', reason: 'status 204', outcomes: ['sent'] });
  const [post, ...more] = hipchat.posts;
  expect(more).toEqual([]);
  expect(post).toMatchObject({
    room: '1003',
    color: 'green',
    notify: true,
    message_format: 'html',
    from: 'Quarterdeck',
    card: { style: 'application', id, attributes: expect.arrayContaining([{ label: 'Total', value: { label: '25.00 USD' } }]) as unknown },
  });
  expect(post?.message).toContain('&lt;b&gt;@all&lt;/b&gt; &amp; /code');
  expect(post?.message.endsWith(`<i>${id}</i>`)).toBe(true);
});

const answers: [string, Fault, RegExp][] = [
  ['status 500', ERROR_500, /not well \(status 500\)/],
  ['HTML from a proxy', HTML_502, /not well \(status 502\)/],
  ['half an answer', { ...HALF_JSON, status: 200 }, /cannot be reached/],
  ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }, /sends us elsewhere/],
  ['a cut connection', { reset: true }, /cut the connection/],
];
test.for(answers)('%s is tried again', async ([, fault, reason], { orm, owner, tools, hipchat }) => {
  const em = orm.em.fork();
  await activateHipChat(em, owner, tools, hipchat);
  const id = await oneDelivery(em, owner, toRoom);
  hipchat.faults.push(fault);
  await deliver(em.fork(), tools, id, []);
  expect(await standing(em, id)).toMatchObject({ state: 'retrying', reason: expect.stringMatching(reason) as unknown });
  await makeDue(em, id);
  await deliver(em.fork(), tools, id, []);
  expect(hipchat.posts.map(({ card }) => card?.id)).toEqual([id]);
});

test('the room’s flood control is waited for, by the moment it names, and is no try', async ({ orm, owner, tools, hipchat }) => {
  const em = orm.em.fork();
  await activateHipChat(em, owner, tools, hipchat);
  for (let at = 0; at < 30; at++) await hipchatProvider.send(plain, settingsOf(hipchat), target, tools);
  const id = await oneDelivery(em, owner, toRoom);
  await deliver(em.fork(), tools, id, []);
  const { state, tries, reason, delivery } = await standing(em, id);
  expect({ state, tries }).toEqual({ state: 'retrying', tries: 0 });
  expect(reason).toMatch(/^HipChat asked for a pause of \d\d s\.$/);
  const wait = delivery.nextTryAt.getTime() - Date.now();
  expect(wait).toBeGreaterThan(50_000);
  expect(wait).toBeLessThan(62_000);
  await em.execute('update provider_activation set held_until = null');
});

test('a room that is gone is final; a refused token pauses', async ({ orm, owner, tools, hipchat }) => {
  const em = orm.em.fork();
  await activateHipChat(em, owner, tools, hipchat);
  const gone = await oneDelivery(em, owner, { targets: [{ provider: 'hipchat', target: { ...target, room: '9' }, label: 'gone' }] });
  await deliver(em.fork(), tools, gone, []);
  expect(await standing(em, gone)).toMatchObject({ state: 'failed', reason: expect.stringContaining('Room not found') as unknown });
  const id = await oneDelivery(em, owner, toRoom);
  hipchat.faults.push({
    status: 401,
    body: JSON.stringify({ error: { code: 401, type: 'Unauthorized', message: 'Invalid OAuth session' } }),
  });
  await deliver(em.fork(), tools, id, []);
  expect(await em.fork().findOneOrFail(ProviderActivation, 'hipchat')).toMatchObject({
    pausedBecause: 'HipChat refused the token (Invalid OAuth session). Paste a new one in Providers.',
  });
});

const plain: Message = { deliveryId: 'd', organisation: 'o', title: 't', text: 'x', facts: [], footer: 'f' };
const settingsOf = ({ url }: { url: string }) => ({ url: `${url}v2/`, token: HIPCHAT_TOKEN });

test('rooms are found by a part of their name over all pages, and named by their id', async ({ tools, hipchat }) => {
  const settings = settingsOf(hipchat);
  const found = await hipchatProvider.choices('room', settings, 'room 22', tools);
  expect(found).toEqual({
    items: ['22', ...Array.from({ length: 10 }, (_, at) => `22${at}`)].map(at => ({
      value: String(1000 + Number(at)),
      label: `Room ${at}`,
    })),
    more: false,
  });
  expect(hipchat.calls).toEqual(['room', 'room', 'room']);
  expect(await hipchatProvider.describe(target, settings, tools)).toBe('Room 3');
});

test('the test asks what the token may do without doing it; one for a single room needs the room', async ({ tools, hipchat }) => {
  const good = await hipchatProvider.check(settingsOf(hipchat), tools);
  expect(good).toEqual([
    { label: 'Reach the server', state: 'ok', detail: `${hipchat.host} answered.` },
    { label: 'Token', state: 'ok', detail: 'Taken. It may list rooms.' },
  ]);
  const bad = await hipchatProvider.check({ ...settingsOf(hipchat), token: 'wrong' }, tools);
  expect(bad.at(-1)).toMatchObject({ state: 'bad', detail: expect.stringContaining('Invalid OAuth session') as unknown });
  hipchat.mayList = false;
  try {
    expect((await hipchatProvider.check(settingsOf(hipchat), tools)).at(-1)).toMatchObject({
      state: 'bad',
      detail: expect.stringContaining('name the room') as unknown,
    });
    const single = { ...settingsOf(hipchat), room: 'Room 7' };
    expect((await hipchatProvider.check(single, tools)).at(-1)).toMatchObject({ state: 'ok', detail: 'Taken for Room 7.' });
    expect(await hipchatProvider.choices('room', single, '', tools)).toEqual({
      items: [{ value: 'Room 7', label: 'Room 7' }],
      more: false,
    });
    await expect(hipchatProvider.describe({ ...target, room: 'Room 8' }, single, tools)).rejects.toThrow('for Room 7 only');
    expect(hipchat.posts).toEqual([]);
  } finally {
    hipchat.mayList = true;
  }
});

test('whatever is said fits, stays words, and calls nobody', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom('/code x', '@all', '<b>', '&amp;', 'x'.repeat(6000)),
  );
  fc.assert(
    fc.property(nasty, nasty, fc.array(fc.record({ label: nasty, value: nasty }), { maxLength: 12 }), (title, text, facts) => {
      const message = { ...plain, title, text, facts, link: { label: 'Open', url: 'https://q.example/a?b=1&c=2' } };
      const html = hipChatMessage(message, { color: 'red', notify: false, format: 'html' });
      expect(html.message.length).toBeLessThanOrEqual(10_000);
      expect(html.message.match(/<\/?\w+/g)?.filter(tag => !['<b', '</b', '<br', '<i', '</i', '<a', '</a'].includes(tag)) ?? []).toEqual(
        [],
      );
      expect(html.message.endsWith('<i>d</i>')).toBe(true);
      const said = hipChatMessage(message, { color: 'red', notify: false, format: 'text' });
      expect(said.message.length).toBeLessThanOrEqual(10_000);
      expect(said.message.startsWith('» ')).toBe(true);
      expect(said.message).not.toMatch(/@[^\s\u2060]/);
      expect(html.card.title.length).toBeLessThanOrEqual(500);
      for (const { label, value } of html.card.attributes) expect(label.length + value.label.length).toBeLessThanOrEqual(100);
    }),
  );
});
