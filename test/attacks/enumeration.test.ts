import { expect } from 'vitest';
import type { Admin } from '#server/admins/Admin.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { Invitation } from '#server/invitations/Invitation.ts';
import { Secrets } from '#server/platform/secrets.ts';
import { randomBytes } from 'node:crypto';
import { KEY, PASSWORD } from '../support/app.ts';
import { test as base } from '../support/house.ts';
import { type Answer, knock } from '../support/knock.ts';
import { someone } from '../support/people.ts';

const HOUR = 3_600_000;

/** An active account, a disabled one, an address that is only invited, and names that nobody has; none of them was tried before. */
const test = base.extend('fresh', { scope: 'file' }, ({ orm }) => async () => {
  const em = orm.em.fork();
  const passwordHash = await hashPassword(new Secrets(Buffer.from(KEY, 'base64')), PASSWORD);
  const account = async (change: Partial<Pick<Admin, 'disabledAt'>> = {}): Promise<Admin> => {
    const admin = await someone(em, 'dashboard.view');
    Object.assign(admin, { passwordHash, ...change });
    await em.flush();
    return admin;
  };
  const [active, disabled] = [await account(), await account({ disabledAt: new Date() })];
  const tag = randomBytes(4).toString('hex');
  const invited = `invited${tag}@northwind.example`;
  em.create(Invitation, {
    email: invited,
    invitedBy: active,
    nonce: randomBytes(32),
    tokenHash: randomBytes(32),
    expiresAt: new Date(Date.now() + HOUR),
  });
  await em.flush();
  return {
    known: [active.username, active.username.toUpperCase(), active.email],
    disabled: [disabled.username, disabled.email],
    others: [invited, `nobody${tag}`, `nobody${tag}@northwind.example`, `Ω${tag}`, tag.repeat(31)],
  };
});

/** All of an answer that somebody could tell it by; the name of the request is new each time. */
const telling = ({ status, body }: Answer): string => `${status} ${body.replace(/"requestId":"[^"]*"/, '')}`;

test('a wrong sign-in is answered alike, whoever is named', async ({ server, fresh }) => {
  const names = await fresh();
  const ask = (login: string, password: string): Promise<Answer> =>
    knock(server.url, {}, '', { method: 'POST', path: '/session', body: { login, password } });
  const answers = [
    ...(await Promise.all([...names.known, ...names.disabled, ...names.others].map(login => ask(login, 'wrong all the same')))),
    ...(await Promise.all(names.disabled.map(login => ask(login, PASSWORD)))),
  ];
  expect(new Set(answers.map(telling)).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 401, code: 'wrong_credentials' });
});

test('too many wrong ones are answered alike too, at the same try', async ({ server, fresh }) => {
  const names = await fresh();
  const tries = async (login: string): Promise<string[]> => {
    const codes: string[] = [];
    for (let i = 0; i < 8; i++)
      codes.push((await knock(server.url, {}, '', { method: 'POST', path: '/session', body: { login, password: 'wrong' } })).code);
    return codes;
  };
  const [known = '', , email = ''] = names.known;
  const [first, ...rest] = await Promise.all([known, email, ...names.disabled, ...names.others].map(tries));
  for (const codes of rest) expect(codes).toEqual(first);
  expect(first?.at(-1)).toBe('too_many_tries');
});

test('asking for a new password is answered alike, whoever is named', async ({ server, fresh }) => {
  const names = await fresh();
  const logins = [
    ...names.known,
    ...names.disabled,
    ...names.others.filter(login => /^[a-z][a-z0-9@.]+$/.test(login) && login.length < 33),
  ];
  const answers = await Promise.all(
    logins.map(login => knock(server.url, {}, '', { method: 'POST', path: '/password-resets', body: { login } })),
  );
  expect(new Set(answers.map(telling)).size).toBe(1);
  expect(answers[0]?.status).toBe(202);
});
