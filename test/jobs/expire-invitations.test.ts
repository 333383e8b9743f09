import { expect } from 'vitest';
import { Event } from '#server/events/Event.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { EXPIRED_AT_ONCE, expireOverdue } from '#server/invitations/expire-overdue.ts';
import { sendInvitations } from '#server/invitations/send-invitations.ts';
import expireInvitations from '#jobs/expire-invitations.ts';
import type { JobTools } from '#jobs/job.ts';
import { actorOf, furnish, secrets, someRole, someone } from '../support/people.ts';
import { test as world } from '../support/world.ts';

const test = world.extend('overdue', { scope: 'file' }, async ({ orm }) => {
  await furnish(orm.em.fork());
  const em = orm.em.fork();
  const inviter = await someone(em, 'admins.invite', 'dashboard.view');
  const { id: roleId } = await someRole(em, 'dashboard.view');
  let sent = 0;
  /** So many overdue invitations, and one that is still open. */
  return async (count: number): Promise<void> => {
    for (let i = 0; i <= count; i += 1) {
      sent += 1;
      await sendInvitations(orm.em.fork(), actorOf(inviter), { addresses: [`late${sent}@northwind.example`], roleIds: [roleId] }, secrets);
    }
    const [spared] = await em.execute<{ id: string }[]>(`select id from invitation where state = 'pending' limit 1`);
    await em.execute(`update invitation set expires_at = now() - interval '1 second' where state = 'pending' and id <> ?`, [spared?.id]);
  };
});

test('three workers at once mark and record each overdue invitation once', async ({ orm, overdue }) => {
  await overdue(30);
  const marked = await Promise.all([1, 2, 3].map(() => expireOverdue(orm.em.fork())));
  expect(marked.reduce((sum, count) => sum + count, 0)).toBe(30);
  const em = orm.em.fork();
  const events = await em.find(Event, { type: 'invitation.expired' });
  expect(new Set(events.map(({ facts }) => facts['invitationId'])).size).toBe(30);
  expect(events).toHaveLength(30);
  expect(events[0]).toMatchObject({
    actorKind: 'system',
    facts: { inviter: expect.any(String) as string, email: expect.stringMatching(/^late/) as string },
  });
  expect(await em.count(Invitation, { state: 'pending' })).toBe(1);
});

test('the job goes on until none is overdue, and twice is dull', async ({ orm, overdue }) => {
  await overdue(1);
  const em = orm.em.fork();
  // more than one transaction takes, without inviting so many one by one
  await em.execute(
    `insert into invitation (id, email, invited_by_id, nonce, token_hash, expires_at)
     select gen_random_uuid(), 'many' || n || '@northwind.example', invited_by_id, nonce, decode(md5(n::text), 'hex'), now() - interval '1 hour'
       from generate_series(1, ?) n, (select invited_by_id, nonce from invitation limit 1) i`,
    [EXPIRED_AT_ONCE],
  );
  const tools = { em, signal: new AbortController().signal } as JobTools; // all that this job uses of them
  await expireInvitations.run({}, tools);
  expect(await em.fork().count(Invitation, { state: 'pending' })).toBe(1);
  const recorded = await em.fork().count(Event, { type: 'invitation.expired' });
  await expireInvitations.run({}, tools);
  expect(await em.fork().count(Event, { type: 'invitation.expired' })).toBe(recorded);
});
