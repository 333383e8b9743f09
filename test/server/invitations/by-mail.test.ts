import { expect } from 'vitest';
import { test as byMail } from '../../support/by-mail.ts';
import { Caller } from '../../support/caller.ts';
import { inviteBy } from '../../support/invite.ts';
import { someRole } from '../../support/people.ts';
import { acceptance, freshEmail } from './invitees.ts';

const test = byMail.extend('roleId', { scope: 'file' }, async ({ orm, owner }) => {
  await owner.call('GET /session'); // set up, so that there is an organisation
  return (await someRole(orm.em.fork(), 'dashboard.view')).id;
});

const linkIn = (text: string): string => /https?:\/\/\S+\/invitation#\S+/.exec(text)?.[0] ?? '';

test('an invitation travels through a mail server to an account, and its inviter sees how far it has come', async ({
  owner,
  server,
  mailbox,
  work,
  roleId,
}) => {
  const email = freshEmail();
  const { id, mail } = await inviteBy(owner, { email, roleIds: [roleId] });
  expect(mail).toBeNull();
  await work.settle();
  const [received, ...more] = mailbox.mails;
  expect(more).toEqual([]);
  expect(received?.to).toEqual([email]);
  expect(received?.mail.subject).toBe("You've been invited to use Northwind");
  const link = linkIn(received?.mail.text ?? '');
  expect(link).toMatch(new RegExp(`^${server.url}/invitation#`));
  expect(received?.mail.html).toContain(link);

  const seen = await owner.call('GET /invitations/:id', { params: { id } });
  expect(seen.mail?.state).toBe('sent');
  expect(seen.deliveries).toMatchObject([{ id: seen.mail?.deliveryId, state: 'sent', target: email, rule: null }]);
  expect(seen.steps.map(({ what }) => what)).toEqual(['Invited', 'Mail queued', 'Mail handed to the mail server']);

  const invitee = new Caller(server.url);
  const { me } = await invitee.call('POST /invitations/accept', {
    body: { token: link.split('#')[1] ?? '', username: 'Sam', ...acceptance },
  });
  expect(me.email).toBe(email);
});

test('a mail that the server refuses for good is shown with the reason, and the link can be copied all the same', async ({
  owner,
  mailbox,
  work,
  roleId,
}) => {
  mailbox.reset();
  mailbox.faults.push({ stage: 'recipient', code: 550, words: '5.1.1 no such mailbox here' });
  const { id } = await inviteBy(owner, { email: freshEmail(), roleIds: [roleId] });
  await work.settle();
  const seen = await owner.call('GET /invitations/:id', { params: { id } });
  expect(seen).toMatchObject({
    state: 'pending',
    mail: { state: 'failed', reason: expect.stringContaining('no such mailbox here') as string },
  });
  expect(seen.steps.map(({ what }) => what)).toEqual(['Invited', 'Mail queued', 'Mail refused', 'Mail given up']);
  expect(await owner.codeOf('POST /invitations/:id/link', { params: { id } })).toBe('ok');
});

test('whoever asks for a new link reaches the inviter, who resends it', async ({ owner, server, mailbox, work, roleId, orm }) => {
  mailbox.reset();
  const email = freshEmail();
  const { id } = await inviteBy(owner, { email, roleIds: [roleId] });
  await work.settle();
  const first = linkIn(mailbox.mails[0]?.mail.text ?? '').split('#')[1] ?? '';
  await orm.em.fork().execute('update invitation set expires_at = now() where id = ?', [id]);
  const invitee = new Caller(server.url);
  await invitee.call('POST /invitations/ask', { body: { token: first } });
  await work.settle();
  expect(mailbox.mails.at(-1)).toMatchObject({
    to: ['ana@northwind.example'],
    mail: { subject: `${email} asks for a new invitation link` },
  });

  await owner.call('POST /invitations/:id/resend', { params: { id } });
  await work.settle();
  expect(mailbox.mails.at(-1)?.to).toEqual([email]);
  const second = linkIn(mailbox.mails.at(-1)?.mail.text ?? '').split('#')[1] ?? '';
  expect(await invitee.codeOf('POST /invitations/lookup', { body: { token: first } })).toBe('dead_link');
  expect(await invitee.codeOf('POST /invitations/lookup', { body: { token: second } })).toBe('ok');
});
