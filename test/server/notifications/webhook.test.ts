import { beforeEach, expect } from 'vitest';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { deliver } from '#server/notifications/deliver.ts';
import { keyOf, signed } from '#server/notifications/providers/_webhook-signature.ts';
import webhook from '#server/notifications/providers/webhook.ts';
import { ERROR_500, type Fault, HTML_502 } from '../../support/counterparts/counterpart.ts';
import { HOOK_SECRET } from '../../support/counterparts/webhook.ts';
import { activateWebhook, makeDue, oneDelivery, standing, test } from './house.ts';

beforeEach<{ receiver: { reset(): void; secret: string } }>(({ receiver }) => {
  receiver.reset();
  receiver.secret = HOOK_SECRET;
});
const toReceiver = { targets: [{ provider: 'webhook', target: { path: '/orders' }, label: '/orders' }] };
const NEW_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

test('signs as Standard Webhooks’ own example does', () => {
  const headers = signed('{"test": 2432232314}', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: 1_614_265_330,
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  });
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
  for (const bad of ['', 'whsec_', 'whsec_short', HOOK_SECRET.slice(6), `whsec_${'!'.repeat(40)}`]) expect(keyOf(bad)).toBeUndefined();
});

test('a program gets the words and the facts, signed, under the delivery’s id', async ({ orm, owner, tools, receiver }) => {
  const em = orm.em.fork();
  await activateWebhook(em, owner, tools, receiver);
  const id = await oneDelivery(em, owner, toReceiver);
  await deliver(em.fork(), tools, id, []);
  expect(await standing(em, id)).toMatchObject({ state: 'sent', reason: 'status 204' });
  expect(receiver.hooks).toEqual([
    {
      id,
      at: expect.any(Number) as unknown,
      path: '/hooks/orders',
      payload: {
        type: 'order.placed',
        timestamp: expect.stringMatching(/Z$/) as unknown,
        data: expect.objectContaining({
          deliveryId: id,
          title: expect.stringMatching(/^Shop placed order/) as unknown,
          because: expect.stringContaining('Orders to sales') as unknown,
          event: { actor: 'Shop', facts: expect.objectContaining({ total: { amount: 25, currency: 'USD' } }) as unknown },
        }) as unknown,
      },
    },
  ]);
});

const failures: [string, Fault, RegExp][] = [
  ['500 without a word', ERROR_500, /\(status 500\)/],
  ['a page for people', HTML_502, /\(status 502\)/],
  ['its own reason', { status: 422, body: 'No such order.\nat line 3' }, /\(status 422: No such order\.\)/],
  ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }, /\(status 307\)/],
];
test.for(failures)('%s is tried again, with the same id', async ([, fault, reason], { orm, owner, tools, receiver }) => {
  const em = orm.em.fork();
  await activateWebhook(em, owner, tools, receiver);
  const id = await oneDelivery(em, owner, toReceiver);
  receiver.faults.push({ ...fault, accepted: true });
  await deliver(em.fork(), tools, id, []);
  expect(await standing(em, id)).toMatchObject({ state: 'retrying', reason: expect.stringMatching(reason) as unknown });
  await makeDue(em, id);
  await deliver(em.fork(), tools, id, []);
  expect(receiver.hooks.map(hook => hook.id)).toEqual([id, id]);
});

test('one that is gone for good pauses; one that asks for time gets it', async ({ orm, owner, tools, receiver }) => {
  const em = orm.em.fork();
  await activateWebhook(em, owner, tools, receiver);
  const id = await oneDelivery(em, owner, toReceiver);
  receiver.faults.push({ status: 503, headers: { 'retry-after': '5' } }, { status: 410 });
  await deliver(em.fork(), tools, id, []);
  expect(await standing(em, id)).toMatchObject({ tries: 0, reason: 'The receiver asked for a pause of 5 s.' });
  await em.execute('update provider_activation set held_until = null');
  await makeDue(em, id);
  await deliver(em.fork(), tools, id, []);
  expect((await em.fork().findOneOrFail(ProviderActivation, 'webhook')).pausedBecause).toMatch(/gone for good/);
});

test('while a new secret is taken over both sign; a day later only the new one', async ({ tools, receiver }) => {
  const before = { url: receiver.url, secret: HOOK_SECRET };
  const now = new Date();
  const next = { url: receiver.url, secret: NEW_SECRET };
  const both = { ...next, ...webhook.succeed(next, before, now) };
  expect(webhook.note(both, now)).toMatchObject({ until: new Date(now.getTime() + 86_400_000).toISOString() });
  for (const secret of [HOOK_SECRET, NEW_SECRET]) {
    receiver.secret = secret;
    expect((await webhook.check(both, tools))[0]).toMatchObject({ state: 'ok' });
  }
  expect(webhook.succeed(next, both, now)).toEqual(webhook.succeed(next, before, now)); // saved again meanwhile
  const after = new Date(now.getTime() + 86_400_001);
  expect(webhook.succeed(next, both, after)).toEqual({});
  expect(webhook.note(both, after)).toBeUndefined();
  receiver.secret = HOOK_SECRET;
  const ended = { ...both, previousUntil: now.toISOString() };
  expect((await webhook.check(ended, tools))[0]).toMatchObject({
    state: 'bad',
    detail: expect.stringContaining('signature is not right') as unknown,
  });
});

test.for(['http://10.0.0.1/', 'http://localhost:1/', 'https://127.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/'])(
  '%s is not called',
  async (url, { tools }) => {
    expect((await webhook.check({ url, secret: HOOK_SECRET }, tools))[0]).toMatchObject({
      state: 'bad',
      detail: expect.stringMatching(/must begin with https|not on the open internet|not a usual one/) as unknown,
    });
  },
);
