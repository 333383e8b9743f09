import type { EntityManager } from '@mikro-orm/postgresql';
import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { ViewData } from '#contract/widgets.ts';
import { ApiKey } from '#server/auth/ApiKey.ts';
import { record } from '#server/events/record.ts';
import { ProviderActivation } from '#server/notifications/ProviderActivation.ts';
import { askForLink } from '#server/invitations/ask-for-link.ts';
import { resendInvitation } from '#server/invitations/resend-invitation.ts';
import type { LoadTools, Widget } from '#server/widgets/_widget.ts';
import invitations from '#server/widgets/needs-attention-invitations.ts';
import providers from '#server/widgets/needs-attention-providers.ts';
import asks from '#server/widgets/needs-attention-asks.ts';
import keys from '#server/widgets/needs-attention-keys.ts';
import secondFactors from '#server/widgets/needs-attention-second-factors.ts';
import { actorOf, furnish, secrets, someone, visitor } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';
import { invite, tokenOf } from '../invitations/invitees.ts';

const test = world.extend('inviter', { scope: 'file' }, async ({ orm }) => {
  await furnish(orm.em.fork());
  return someone(orm.em.fork(), 'admins.invite', 'dashboard.view');
});

async function linesOf({ load }: Widget, em: EntityManager): Promise<(string | number | undefined)[][]> {
  const { items } = (await load?.({ em } as LoadTools)) as ViewData<'list'>; // all that these loaders use
  return items.map(({ id, count, href }) => [id, count, href]);
}

test('a link asked for, one about to end, and none that is well', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  await invite(em, inviter);
  const [asked, ending] = [await invite(em, inviter), await invite(em, inviter)];
  await em.execute(`update invitation set expires_at = now() where id = ?`, [asked.id]);
  await em.execute(`update invitation set expires_at = now() + interval '23 hours' where id = ?`, [ending.id]);
  await askForLink(orm.em.fork(), visitor, tokenOf(asked), secrets);
  expect(await linesOf(invitations, orm.em.fork())).toEqual([
    ['invitations-asked', 1, `/staff/invitations/${asked.id}`],
    ['invitations-expiring', 1, `/staff/invitations/${ending.id}`],
  ]);
  await resendInvitation(orm.em.fork(), actorOf(inviter), asked.id, secrets);
  await resendInvitation(orm.em.fork(), actorOf(inviter), ending.id, secrets);
  expect(await linesOf(invitations, orm.em.fork())).toEqual([]);
});

test('the holder of a link that a newer one replaced asks, until it is resent once more', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, inviter);
  const old = tokenOf(invitation);
  await resendInvitation(orm.em.fork(), actorOf(inviter), invitation.id, secrets);
  await askForLink(orm.em.fork(), visitor, old, secrets);
  expect(await linesOf(invitations, orm.em.fork())).toEqual([['invitations-asked', 1, `/staff/invitations/${invitation.id}`]]);
  await resendInvitation(orm.em.fork(), actorOf(inviter), invitation.id, secrets);
  expect(await linesOf(invitations, orm.em.fork())).toEqual([]);
});

test('a paused provider and people without the factor their role demands', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  em.create(ProviderActivation, { id: 'slack', settings: {}, secrets: Buffer.alloc(0), activatedBy: inviter.id, pausedAt: new Date() });
  await em.flush();
  expect(await linesOf(providers, orm.em.fork())).toEqual([['providers-paused', 1, '/notifications/providers/slack']]);
  expect(await linesOf(secondFactors, orm.em.fork())).toEqual([]);
  await em.execute(`update role set second_factor_demanded = true where id in (select role_id from admin_roles where admin_id = ?)`, [
    inviter.id,
  ]);
  expect(await linesOf(secondFactors, orm.em.fork())).toEqual([['second-factors-missing', 1, '/staff?secondFactor=missing']]);
});

test('a right that somebody asked for, until it is given', async ({ orm }) => {
  const em = orm.em.fork();
  const asking = await someone(em, 'dashboard.view');
  record(em, actorOf(asking), 'rights.asked-for', {
    adminId: asking.id,
    name: asking.name,
    permission: 'queues.view',
    label: 'View queues',
  });
  await em.flush();
  expect(await linesOf(asks, orm.em.fork())).toEqual([['rights-asked', 1, `/staff/${asking.id}/access`]]);
  await em.execute(
    `update role set permissions = permissions || '{queues.view}' where id in (select role_id from admin_roles where admin_id = ?)`,
    [asking.id],
  );
  expect(await linesOf(asks, orm.em.fork())).toEqual([]);
});

test('an API key that ends within two weeks, and none that lasts longer', async ({ orm, inviter }) => {
  const em = orm.em.fork();
  for (const days of [13, 15])
    em.create(ApiKey, {
      name: `Shop ${days}`,
      keyHash: randomBytes(32),
      endsIn: 'abcd',
      scopes: ['events.write'],
      owner: inviter.id,
      expiresAt: new Date(Date.now() + days * 86_400_000),
    });
  await em.flush();
  expect(await linesOf(keys, orm.em.fork())).toEqual([['keys-expiring', 1, '/settings/api-keys']]);
});
