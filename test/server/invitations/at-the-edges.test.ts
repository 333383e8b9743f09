import { describe, expect } from 'vitest';
import { FORBIDDEN_PASSWORD_CHARACTERS, USERNAME } from '#contract/accounts.ts';
import { test as app } from '../../support/app.ts';
import { Caller } from '../../support/caller.ts';
import { browserOf, someRole, someone } from '../../support/people.ts';
import { acceptance, freshEmail, refused, tokenIn } from './invitees.ts';

/** What tests of this file share: who is invited to what, and a browser of an invitee for whom no limit counts. */
const test = app.extend('desk', { scope: 'file' }, async ({ server, owner, orm, redis }) => {
  const em = orm.em.fork();
  const role = await someRole(em, 'dashboard.view');
  const send = async (addresses: string[], by = owner, roleIds = [role.id]) => {
    await redis.flushAll();
    return (await by.call('POST /invitations', { body: { addresses, roleIds } })).results;
  };
  /** The token of a new invitation. */
  const link = async (by = owner, roleIds = [role.id]): Promise<{ token: string; email: string }> => {
    const email = freshEmail();
    const [sent] = await send([email], by, roleIds);
    const { link } = await by.call('POST /invitations/:id/link', { params: { id: sent?.invitation?.id ?? '' } });
    return { token: tokenIn(link), email };
  };
  const accept = async (body: object): Promise<Caller> => {
    await redis.flushAll();
    const browser = new Caller(server.url);
    await browser.call('POST /invitations/accept', { body: { ...acceptance, ...body } });
    return browser;
  };
  return { em, role, send, link, accept };
});

/** Of each kind: what only looks like a letter, what is not seen, what separates, and one character too many. */
const NO_USERNAMES = [
  '',
  '1sam',
  'sam lee',
  ' sam',
  'sam ',
  'sam.lee',
  'sam-lee',
  'sam_lee',
  'sam@northwind.example',
  '\u212Aelvin', // Kelvin sign
  '\u017Fam', // long s
  's\u0430m', // Cyrillic a
  '\u0421am', // Cyrillic S
  '\uFF33am', // fullwidth S
  '\u0130bo', // dotted capital I
  '\u0131bo', // dotless i
  'sa\u0301m', // a combining accent
  'émile',
  'straße',
  'sam\u200B', // zero-width space
  '\u2060sam', // word joiner
  'sam\u202Eeel', // right-to-left override
  'sam\u00A0', // no-break space
  'sam\n',
  'sam\r\n',
  '\nsam',
  'sam\nlee',
  'sam\t',
  'sam\u0000',
  'sam\uD800', // half a character
  'sam😀',
  'a'.repeat(33),
  'a'.repeat(257),
];

describe('a username', () => {
  test('is one to 32 letters and digits of A to Z, whatever looks like them', async ({ desk }) => {
    const { token } = await desk.link();
    for (const username of NO_USERNAMES) {
      const { problem } = await refused(desk.accept({ token, username }));
      expect({ username, status: problem.status, at: Object.keys(problem.fields ?? {}) }).toEqual({
        username,
        status: 422,
        at: ['username'],
      });
    }
    await desk.accept({ token, username: 'a'.repeat(32) });
    for (const username of ['B', 'Z9', 'kelvin', 'SamLee2026']) {
      const browser = await desk.accept({ token: (await desk.link()).token, username });
      expect((await browser.call('GET /session')).me.username).toBe(username);
    }
  });

  test('that is taken in any case is refused at its field, with others that are free, and asking first tells the same', async ({
    server,
    desk,
  }) => {
    const { token } = await desk.link();
    for (const username of ['ana', 'ANA', 'aNa']) {
      const { problem } = await refused(desk.accept({ token, username, lastName: 'Lindström' }));
      expect(problem).toMatchObject({ status: 409, code: 'username_taken', fields: { username: 'This username is taken.' } });
      expect(problem.suggestions).toEqual(['samlindstrom', 'slindstrom']);
      const body = { token, username, firstName: 'Sam', lastName: 'Lindström' };
      const asked = await new Caller(server.url).call('POST /invitations/username', { body });
      expect(asked).toEqual({ free: false, suggestions: problem.suggestions });
    }
    const anonymous = { token, username: 'ana', firstName: '', lastName: '' };
    const { suggestions } = await new Caller(server.url).call('POST /invitations/username', { body: anonymous });
    expect(suggestions).toEqual(['ana2', 'ana3']);
    for (const name of suggestions) expect(name).toMatch(USERNAME);
    const free = { ...anonymous, username: suggestions[0] ?? '' };
    expect(await new Caller(server.url).call('POST /invitations/username', { body: free })).toEqual({ free: true, suggestions: [] });
    await desk.accept({ token, username: free.username });
    expect(await new Caller(server.url).codeOf('POST /invitations/username', { body: free })).toBe('dead_link');
  });
});

/** As many different characters, so that it is no pattern. @param from the code point of the first */
const varied = (count: number, from: number): string =>
  String.fromCodePoint(...Array.from({ length: count }, (_, i) => from + ((i * 37) % 256)));

describe('a password', () => {
  test('is refused with any of the five wherever it stands, or one character too short or too long', async ({ desk }) => {
    const { token } = await desk.link();
    const no = FORBIDDEN_PASSWORD_CHARACTERS.flatMap(one => [`${one}horse battery`, `horse${one}battery`, `horse battery${one}`]);
    no.push(
      '',
      'elevenchars',
      varied(257, 0x4e00),
      `${varied(256, 0x4e00)}a`,
      varied(257, 0x1f300),
      'horse\u0000battery',
      'horse\uD800battery',
    );
    for (const password of no) {
      const { problem } = await refused(desk.accept({ token, username: 'edges', password }));
      expect({ password, status: problem.status, at: Object.keys(problem.fields ?? {}) }).toEqual({
        password,
        status: 422,
        at: ['password'],
      });
    }
    await desk.accept({ token, username: 'edges' });
  });

  test('is taken as it is at every other edge, and signs in as it was typed', async ({ server, desk, redis }) => {
    const yes = [
      'twelve chars',
      varied(256, 0x4e00),
      varied(256, 0x1f300), // four bytes each: 1024
      ' spaces at both ends ',
      'a line\nand another',
      'zero\u200Bwidth\u2060space',
      'the long \u017F, and Cyrillic \u0430',
      '＆ ＂ ＇ ＜ ＞ are others',
    ];
    for (const [at, password] of yes.entries()) {
      const username = `pass${at}`;
      await desk.accept({ token: (await desk.link()).token, username, password });
      const signIn = (given: string) => new Caller(server.url).codeOf('POST /session', { body: { login: username, password: given } });
      expect(await signIn(password), password).toBe('ok');
      expect(await signIn(`${password} `), password).toBe('wrong_credentials');
      await redis.flushAll();
    }
    const near = { login: 'pass6', password: 'the long s, and Cyrillic a' };
    expect(await new Caller(server.url).codeOf('POST /session', { body: near })).toBe('wrong_credentials');
  });
});

describe('an address', () => {
  test('is one address and nothing else: no list, no header, no quoted part, no look-alike', async ({ desk }) => {
    const no = [
      'sam,lee@northwind.example',
      'sam@northwind.example,lee@northwind.example',
      'sam@northwind.example; lee@northwind.example',
      '"sam lee"@northwind.example',
      '"sam@evil.example"@northwind.example',
      'sam@northwind.example\r\nBcc: eve@evil.example',
      'sam\n@northwind.example',
      'sam@northwind.example\u2028eve@evil.example',
      'sam@@northwind.example',
      'sam@northwind',
      'sam@northwind..example',
      '@northwind.example',
      'sam',
      'sam\u200B@northwind.example',
      's\u0430m@northwind.example',
      'mi\u212Ae@northwind.example',
      `${'a'.repeat(243)}@north.example`,
    ];
    expect((await desk.send(no)).map(({ entry, outcome }) => ({ entry, outcome }))).toEqual(
      no.map(entry => ({ entry, outcome: 'invalid' })),
    );
  });

  test('is the same in upper case, in one list and against who is here already', async ({ desk }) => {
    const [email, other] = [freshEmail(), freshEmail()];
    const outcomes = async (...addresses: string[]) => (await desk.send(addresses)).map(({ outcome }) => outcome);
    expect(await outcomes(email, email.toUpperCase(), `Twin <${email}>`)).toEqual(['invited', 'twice', 'twice']);
    expect(await outcomes(email.toUpperCase(), 'ANA@NORTHWIND.EXAMPLE')).toEqual(['already_invited', 'already_admin']);
    const [named] = await desk.send([`Sam\r\nBcc: eve@evil.example <${other}>`]);
    expect(named?.outcome).toBe('invited');
    const [row] = await desk.em.execute<{ name: string }[]>('select name from invitation where email = ?', [other]);
    expect(row?.name).toBe('Sam Bcc: eve@evil.example');
  });
});

describe('what changed while an invitation waited', () => {
  test('an address that got an account meanwhile is told to sign in, and the link stays good', async ({ desk }) => {
    const { token, email } = await desk.link();
    const twin = await someone(desk.em, 'dashboard.view');
    twin.email = email.toUpperCase();
    await desk.em.flush();
    const { problem } = await refused(desk.accept({ token, username: 'twin' }));
    expect(problem).toMatchObject({
      status: 409,
      code: 'email_taken',
      detail: 'An account has this address already. Sign in with it instead.',
    });
    twin.email = freshEmail();
    await desk.em.flush();
    await desk.accept({ token, username: 'twin' });
  });

  test('a role that was deleted gives way to the one that took its place', async ({ owner, desk }) => {
    const [gone, instead] = [await someRole(desk.em, 'dashboard.view'), await someRole(desk.em, 'queues.view')];
    const { token } = await desk.link(owner, [gone.id]);
    const params = { id: gone.id };
    const { version } = gone;
    expect(await owner.codeOf('DELETE /roles/:id', { params, query: { version } })).toBe('in_use');
    await owner.call('DELETE /roles/:id', { params, query: { version, moveTo: instead.id } });
    const browser = await desk.accept({ token, username: 'moved' });
    expect((await browser.call('GET /session')).me.roles).toEqual([{ id: instead.id, name: instead.name }]);
  });

  test('an inviter who was disabled leaves a dead link that names who it was', async ({ server, desk }) => {
    const inviter = await someone(desk.em, 'admins.invite', 'dashboard.view');
    const { token } = await desk.link(await browserOf(desk.em, inviter, server.url));
    await desk.em.execute('update admin set disabled_at = now() where id = ?', [inviter.id]);
    const { problem } = await refused(desk.accept({ token, username: 'late' }));
    expect(problem).toMatchObject({
      status: 410,
      code: 'dead_link',
      invitation: { state: 'revoked', inviter: inviter.name, asked: false },
    });
  });
});
