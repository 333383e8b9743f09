import { expect } from 'vitest';
import { Department, DepartmentMember } from '#server/departments/Department.ts';
import { Event } from '#server/events/Event.ts';
import type { Invitation } from '#server/invitations/Invitation.ts';
import { acceptInvitation } from '#server/invitations/accept-invitation.ts';
import { type InvitationChanges, editInvitation } from '#server/invitations/edit-invitation.ts';
import { revokeInvitation } from '#server/invitations/revoke-invitation.ts';
import { timelineOf } from '#server/invitations/timeline.ts';
import { actorOf, furnish, secrets, someRole, someone, superadmin, visitor } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';
import { acceptance, codeOf, invite, tokenOf } from './invitees.ts';

const test = world.extend('house', { scope: 'file' }, async ({ orm }) => {
  const em = orm.em.fork();
  await furnish(em);
  const [support, sales] = [em.create(Department, { name: 'Support' }), em.create(Department, { name: 'Sales', position: 1 })];
  await em.flush();
  return { inviter: await someone(em, 'admins.invite', 'dashboard.view'), boss: await superadmin(em), support, sales };
});

let people = 0;
const nextName = (): string => `edited${(people += 1)}`;

test('changes what it is to while its link stays good, and says what was before', async ({ orm, house }) => {
  const em = orm.em.fork();
  const wide = await someRole(em, 'dashboard.view', 'queues.view');
  const invitation = await invite(em, house.inviter, { note: 'Hello', departments: [{ id: house.support.id, ticketNotifications: true }] });
  const token = tokenOf(invitation);
  const username = nextName();
  const edited = await editInvitation(orm.em.fork(), actorOf(house.boss), invitation.id, {
    version: invitation.version,
    roleIds: [wide.id],
    departments: [
      { id: house.support.id, ticketNotifications: false },
      { id: house.sales.id, ticketNotifications: true },
    ],
    note: '',
    username,
  });
  expect(edited).toMatchObject({ note: null, username, version: invitation.version + 1 });
  // the inviter could not have sent it like this: whoever made it so answers for it
  expect(edited.invitedBy.id).toBe(house.boss.id);
  const event = await em.fork().findOneOrFail(Event, { type: 'invitation.edited', facts: { invitationId: invitation.id } });
  expect(event.facts['changes']).toMatchObject({
    roles: { after: [wide.name] },
    departments: { before: ['Support with ticket notifications'], after: ['Sales with ticket notifications', 'Support'] },
    username: { before: null, after: username },
  });
  const { steps } = await timelineOf(em.fork(), invitation.id);
  expect(steps.at(-1)).toMatchObject({ what: 'Changed', detail: expect.stringContaining('note rewritten') as string });

  const admin = await acceptInvitation(orm.em.fork(), visitor, { token, ...acceptance }, secrets);
  expect(admin).toMatchObject({ username, gettingStarted: true });
  const members = await em
    .fork()
    .find(DepartmentMember, { admin: admin.id }, { populate: ['department'], orderBy: { department: { name: 'asc' } } });
  expect(members.map(({ department, ticketNotifications }) => [department.name, ticketNotifications])).toEqual([
    ['Sales', true],
    ['Support', false],
  ]);
});

test('what is the same is no change, an old version is a conflict, and what is over is closed', async ({ orm, house }) => {
  const em = orm.em.fork();
  const invitation = await invite(em, house.inviter, { note: 'Hello' });
  const edit = (changes: InvitationChanges) => editInvitation(orm.em.fork(), actorOf(house.inviter), invitation.id, changes);
  const { version } = invitation;
  expect((await edit({ version, note: 'Hello', username: null, departments: [] })).version).toBe(version);
  const versions = await Promise.allSettled([edit({ version, note: 'One' }), edit({ version, note: 'Two' })]);
  expect(versions.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await codeOf(edit({ version, note: 'Three' }))).toBe('conflict');
  await revokeInvitation(orm.em.fork(), actorOf(house.inviter), invitation.id);
  expect(await codeOf(edit({ version: version + 2, note: 'Four' }))).toBe('invitation_closed');
});

test('nobody edits an invitation to more than they hold, nor one that is to more already', async ({ orm, house }) => {
  const em = orm.em.fork();
  const beyond = await someRole(em, 'keys.edit');
  const actor = actorOf(house.inviter);
  const own = await invite(em, house.inviter);
  expect(await codeOf(editInvitation(orm.em.fork(), actor, own.id, { version: own.version, roleIds: [beyond.id] }))).toBe(
    'beyond_your_rights',
  );
  const theirs = await invite(em, house.boss, { roleIds: [beyond.id] });
  expect(await codeOf(editInvitation(orm.em.fork(), actor, theirs.id, { version: theirs.version, note: 'x' }))).toBe('beyond_your_rights');
});

test('a department that is deleted meanwhile is not joined, and the timeline says so', async ({ orm, house }) => {
  const em = orm.em.fork();
  const passing = em.create(Department, { name: 'Passing', position: 2 });
  await em.flush();
  const invitation = await invite(em, house.inviter, {
    departments: [passing, house.sales].map(({ id }) => ({ id, ticketNotifications: true })),
  });
  await em.fork().nativeDelete(Department, { id: passing.id });
  const admin = await acceptInvitation(
    orm.em.fork(),
    visitor,
    { token: tokenOf(invitation), username: nextName(), ...acceptance },
    secrets,
  );
  expect(await em.fork().count(DepartmentMember, { admin: admin.id })).toBe(1);
  const { steps } = await timelineOf(em.fork(), invitation.id);
  expect(steps.at(-1)).toMatchObject({ what: 'Accepted', detail: 'Not in Passing, deleted meanwhile.' });
});

/** Lets two deeds loose on one invitation at once, so many times. @returns how often each of them won */
async function race(
  times: number,
  make: () => Promise<Invitation>,
  deeds: ((invitation: Invitation) => Promise<unknown>)[],
): Promise<string[]> {
  const outcomes: string[] = [];
  for (let i = 0; i < times; i += 1) {
    const invitation = await make();
    outcomes.push((await Promise.all(deeds.map(deed => codeOf(deed(invitation))))).join(' '));
  }
  return outcomes;
}

test('accepted and revoked at once: one of the two, and the other is told', async ({ orm, house }) => {
  const outcomes = await race(10, () => invite(orm.em.fork(), house.inviter), [
    invitation => acceptInvitation(orm.em.fork(), visitor, { token: tokenOf(invitation), username: nextName(), ...acceptance }, secrets),
    invitation => revokeInvitation(orm.em.fork(), actorOf(house.inviter), invitation.id),
  ]);
  expect(outcomes.filter(outcome => !['ok invitation_closed', 'dead_link ok'].includes(outcome))).toEqual([]);
});

test('accepted and edited at once: the account is as one of the two had it, never half of each', async ({ orm, house }) => {
  const em = orm.em.fork();
  const [narrow, other] = [await someRole(em, 'dashboard.view'), await someRole(em, 'dashboard.view')];
  const accepted: { roles: string[]; departments: number }[] = [];
  const outcomes = await race(10, () => invite(orm.em.fork(), house.inviter, { roleIds: [narrow.id] }), [
    async invitation => {
      const admin = await acceptInvitation(
        orm.em.fork(),
        visitor,
        { token: tokenOf(invitation), username: nextName(), ...acceptance },
        secrets,
      );
      const departments = await orm.em.fork().count(DepartmentMember, { admin: admin.id });
      accepted.push({ roles: admin.roles.getItems().map(({ id }) => id), departments });
    },
    invitation =>
      editInvitation(orm.em.fork(), actorOf(house.inviter), invitation.id, {
        version: invitation.version,
        roleIds: [other.id],
        departments: [{ id: house.sales.id, ticketNotifications: true }],
      }),
  ]);
  expect(outcomes.filter(outcome => !['ok ok', 'ok invitation_closed'].includes(outcome))).toEqual([]);
  const whole = [JSON.stringify({ roles: [narrow.id], departments: 0 }), JSON.stringify({ roles: [other.id], departments: 1 })];
  expect(accepted.filter(each => !whole.includes(JSON.stringify(each)))).toEqual([]);
});
