import type { MikroORM } from '@mikro-orm/postgresql';
import { beforeEach, expect } from 'vitest';
import type { Permission } from '#contract/permissions.ts';
import { Event } from '#server/events/Event.ts';
import { createLog } from '#server/platform/log.ts';
import { startServer } from '#server/serve.ts';
import { envFor } from '../../support/app.ts';
import { TOKEN } from '../../support/counterparts/slack.ts';
import { Mailbox } from '../../support/mailbox.ts';
import { browserOf, someone } from '../../support/people.ts';
import { startWork } from '../../support/settle.ts';
import { test as house } from './house.ts';

const RIGHTS: Permission[] = ['rules.edit', 'providers.edit', 'deliveries.replay', 'mail.read', 'admins.invite', 'dashboard.view'];

/** The API with every provider's counterpart beside it, and somebody who may do all that belongs to notifications. */
export const test = house
  // another mail server, which somebody may want the password of the first sent to
  .extend('trap', { scope: 'file' }, async ({}, { onCleanup }) => {
    const trap = await new Mailbox().start();
    onCleanup(() => trap.stop());
    return trap;
  })
  .extend('environment', { scope: 'file' }, ({ slack, mailbox, trap, hipchat, receiver }) => ({
    SLACK_API_URL: slack.api,
    ALLOWED_PRIVATE_HOSTS: [`127.0.0.1:${mailbox.port}`, `127.0.0.1:${trap.port}`, hipchat.host, receiver.host].join(','),
  }))
  .extend('server', { scope: 'file' }, async ({ database, redisUrl, environment }, { onCleanup }) => {
    const server = await startServer({ env: envFor(database, redisUrl, environment), log: createLog('silent'), client: 'none' });
    onCleanup(() => server.stop());
    return server;
  })
  .extend('work', { scope: 'file' }, async ({ database, redisUrl, environment, server }, { onCleanup }) => {
    const work = await startWork(database, redisUrl, { env: environment, baseUrl: server.url });
    onCleanup(() => work.stop());
    return work;
  })
  // of each test, so that what one asked too often does not stop the next
  .extend('person', async ({ orm, owner, server }) => {
    const em = orm.em.fork();
    expect(owner.id).toBeTruthy();
    return browserOf(em, await someone(em, ...RIGHTS), server.url);
  });

beforeEach<{ slack: { reset(): void }; mailbox: { reset(): void } }>(({ slack, mailbox }) => {
  slack.reset();
  mailbox.reset();
});

export const withToken = { params: { id: 'slack' }, body: { settings: { token: TOKEN } } };
export const toChannel7 = { provider: 'slack', target: { channel: 'C000007' } };
export const rule = {
  name: 'Large orders',
  enabled: true,
  events: ['order.placed'],
  match: 'all' as const,
  conditions: [{ field: 'total.amount', operator: 'greater' as const, value: 100 }],
  targets: [toChannel7],
  text: null,
};
export const typesSince = async (orm: MikroORM, since: Date): Promise<string[]> =>
  (await orm.em.fork().find(Event, { storedAt: { $gt: since } }, { orderBy: { storedAt: 'asc' } })).map(({ type }) => type);
