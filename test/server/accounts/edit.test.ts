import { createHash, randomBytes } from 'node:crypto';
import { describe, expect } from 'vitest';
import { Caller } from '../../support/caller.ts';
import { inviteBy } from '../../support/invite.ts';
import { refused, test } from './staff.ts';

const newcomer = (roleId: string) => {
  const username = `n${randomBytes(4).toString('hex')}`;
  return { username, email: `${username}@northwind.example`, firstName: 'Noor', lastName: 'Haddad', roleIds: [roleId] };
};

describe('adding by hand', () => {
  test('makes an account whose password is shown once and opens nothing but its own change', async ({ owner, staff, orm }) => {
    const account = { ...newcomer(await staff.role('dashboard.view')), signature: 'Noor', language: 'en' as const };
    const { admin, password } = await owner.call('POST /admins', { body: account });
    expect(admin).toMatchObject({
      username: account.username,
      signature: 'Noor',
      language: 'en',
      mustChangePassword: true,
      standing: 'manageable',
    });
    expect(password).toMatch(/^([a-z0-9]{4}-){4}[a-z0-9]{4}$/);
    const [row] = await orm.em.fork().execute<{ password_hash: string }[]>('select password_hash from admin where id = ?', [admin.id]);
    expect(row?.password_hash).toMatch(/^[\da-f]+\$\$argon2id/);
    expect(await staff.events('admin.added', admin.id)).toMatchObject([{ by: 'Ana Ruiz', username: account.username }]);
    const logged = await orm.em
      .fork()
      .execute<{ n: number }[]>('select count(*)::int as n from event where facts::text like ?', [`%${password}%`]);
    expect(logged[0]?.n).toBe(0);
  });

  test('takes a password that was chosen for it, by the rules of every password', async ({ owner, staff, server }) => {
    const account = newcomer(await staff.role('dashboard.view'));
    for (const password of ['short', 'twelve & more characters', 'passwordpassword'])
      expect((await refused(owner.call('POST /admins', { body: { ...account, password } }))).fields, password).toHaveProperty('password');
    const password = 'seven blue lamps over water';
    expect((await owner.call('POST /admins', { body: { ...account, password } })).password).toBeNull();
    expect(await new Caller(server.url).codeOf('POST /session', { body: { login: account.username, password } })).not.toBe(
      'wrong_credentials',
    );
  });

  test('keeps a disabled one out', async ({ owner, staff, server, redis }) => {
    const account = { ...newcomer(await staff.role('dashboard.view')), disabled: true };
    const { admin, password } = await owner.call('POST /admins', { body: account });
    expect(admin).toMatchObject({ state: 'disabled', disabled: { by: 'Ana Ruiz' } });
    const login = { login: account.username, password: password ?? '' };
    expect(await new Caller(server.url).codeOf('POST /session', { body: login })).toBe('wrong_credentials');
    await redis.flushAll();
  });

  test('refuses names that are taken in any case, an address that is invited, and more than the giver holds', async ({ owner, staff }) => {
    const roleId = await staff.role('dashboard.view');
    const taken = newcomer(roleId);
    await owner.call('POST /admins', { body: taken });
    const twin = { ...newcomer(roleId), username: taken.username.toUpperCase() };
    expect(await refused(owner.call('POST /admins', { body: twin }))).toMatchObject({
      code: 'username_taken',
      fields: { username: /taken/ },
    });
    const other = { ...newcomer(roleId), email: taken.email.toUpperCase() };
    expect(await refused(owner.call('POST /admins', { body: other }))).toMatchObject({ code: 'email_taken' });
    const invited = newcomer(roleId);
    await inviteBy(owner, { email: invited.email, roleIds: [roleId] });
    expect(await owner.codeOf('POST /admins', { body: invited })).toBe('already_invited');
    const limited = await staff.with('admins.edit');
    expect(await refused(limited.caller.call('POST /admins', { body: newcomer(roleId) }))).toMatchObject({
      code: 'beyond_your_rights',
      fields: { roleIds: /do not hold all/ },
    });
    expect(await limited.caller.codeOf('POST /admins', { body: { ...newcomer(roleId), roleIds: [staff.ownerId] } })).toBe('invalid');
  });

  test('of twenty with one name in other cases makes one', async ({ owner, staff }) => {
    const roleId = await staff.role('dashboard.view');
    const { username } = newcomer(roleId);
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        owner.codeOf('POST /admins', {
          body: {
            ...newcomer(roleId),
            username: [...username].map((letter, at) => ((i >> at) & 1 ? letter.toUpperCase() : letter)).join(''),
            password: 'seven blue lamps over water',
          },
        }),
      ),
    );
    expect(codes.filter(code => code === 'ok')).toHaveLength(1);
    expect(codes.filter(code => code === 'username_taken')).toHaveLength(19);
  });
});

describe('editing', () => {
  test('changes what is named, writes down before and after, and leaves the rest', async ({ owner, staff }) => {
    const { id } = await staff.idle('dashboard.view');
    const before = await owner.call('GET /admins/:id', { params: { id } });
    const after = await owner.call('PATCH /admins/:id', {
      params: { id },
      body: { version: before.version, lastName: 'Lindqvist', signature: 'T. Lindqvist', privateNotes: 'On leave in May' },
    });
    expect(after).toMatchObject({
      ...before,
      name: 'Kim Lindqvist',
      lastName: 'Lindqvist',
      signature: 'T. Lindqvist',
      privateNotes: 'On leave in May',
      version: before.version + 1,
    });
    const [event] = await staff.events('admin.edited', id);
    expect(event).toMatchObject({
      by: 'Ana Ruiz',
      changes: { lastName: { before: before.lastName, after: 'Lindqvist' }, privateNotes: { before: '', after: '(not shown)' } },
    });
    expect(JSON.stringify(event)).not.toContain('On leave');
    const same = await owner.call('PATCH /admins/:id', { params: { id }, body: { version: after.version, lastName: 'Lindqvist' } });
    expect(same.version).toBe(after.version);
    expect(await staff.events('admin.edited', id)).toHaveLength(1);
  });

  test('of the address changes the picture with it at once', async ({ owner, staff, orm }) => {
    const { id } = await staff.idle('dashboard.view');
    const address = `${id}@northwind.example`;
    const hash = createHash('sha256').update(address).digest('hex');
    await orm.em
      .fork()
      .execute('insert into gravatar (email_hash, picture, hash, fetched_at) values (?, ?, ?, now())', [hash, Buffer.from('x'), hash]);
    const { version } = await owner.call('GET /admins/:id', { params: { id } });
    const after = await owner.call('PATCH /admins/:id', { params: { id }, body: { version, email: address } });
    expect(after.avatar).toBe(hash.slice(0, 16));
    const back = await owner.call('PATCH /admins/:id', { params: { id }, body: { version: after.version, email: `not-${address}` } });
    expect(back.avatar).toBeNull();
  });

  test('tells the second of two editors who was first, whatever either changed', async ({ owner, staff }) => {
    const { id } = await staff.idle('dashboard.view');
    const { version } = await owner.call('GET /admins/:id', { params: { id } });
    const { id: departmentId } = await owner.call('POST /departments', { body: { name: `D ${id}` } });
    await owner.call('PATCH /admins/:id', {
      params: { id },
      body: { version, departments: [{ id: departmentId, ticketNotifications: true }] },
    });
    const refusal = await refused(owner.call('PATCH /admins/:id', { params: { id }, body: { version, firstName: 'Kimberly' } }));
    expect(refusal).toMatchObject({ code: 'conflict', detail: 'Ana Ruiz changed this account in the meantime.' });
    const next = await owner.call('GET /admins/:id', { params: { id } });
    expect(next).toMatchObject({ version: version + 1, firstName: 'Kim', departments: [{ id: departmentId, ticketNotifications: true }] });
    const roleIds = [await staff.role('queues.view')];
    const changed = await owner.call('PATCH /admins/:id', { params: { id }, body: { version: next.version, roleIds } });
    expect(changed.version).toBeGreaterThan(next.version);
    expect(await owner.codeOf('PATCH /admins/:id', { params: { id }, body: { version: next.version, firstName: 'K' } })).toBe('conflict');
  });

  test('of roles acts at once in what is open and stands in the log with both', async ({ owner, staff }) => {
    const { admin, caller } = await staff.with('dashboard.view');
    expect(await caller.codeOf('GET /queues')).toBe('forbidden');
    const { version, roles } = await owner.call('GET /admins/:id', { params: { id: admin.id } });
    const roleId = await staff.role('queues.view');
    await owner.call('PATCH /admins/:id', { params: { id: admin.id }, body: { version, roleIds: [roleId] } });
    await expect.poll(() => caller.codeOf('GET /queues'), { timeout: 1000 }).toBe('ok');
    const [event] = await staff.events('rights.changed', admin.id);
    expect(event).toMatchObject({ changes: { roles: { before: roles.map(({ name }) => name), after: event?.['roles'] } } });
  });

  test('is not for the weaker, not for one’s own roles, and gives nothing one lacks', async ({ owner, staff }) => {
    const editor = await staff.with('admins.edit', 'queues.view');
    const stronger = await staff.idle('admins.edit', 'settings.view');
    const weaker = await staff.idle('queues.view');
    const patch = (id: string, body: object) =>
      editor.caller.codeOf('PATCH /admins/:id', { params: { id }, body: { version: 1, ...body } });
    expect(await patch(stronger.id, { firstName: 'Max' })).toBe('stronger_than_you');
    expect(await patch(staff.ownerId, { firstName: 'Max' })).toBe('stronger_than_you');
    expect(await patch(weaker.id, { roleIds: [await staff.role('settings.view')] })).toBe('beyond_your_rights');
    const [full] = (await owner.call('GET /roles')).items.filter(({ superadmin }) => superadmin);
    expect(await patch(weaker.id, { roleIds: [full?.id ?? ''] })).toBe('beyond_your_rights');
    expect(await patch(editor.admin.id, { roleIds: [await staff.role('queues.view')] })).toBe('not_yourself');
    expect(await patch(weaker.id, { privateNotes: 'x' })).toBe('forbidden');
    expect(await patch(weaker.id, { firstName: 'Max', roleIds: [await staff.role('queues.view')] })).toBe('ok');
    const { me } = await owner.call('GET /session');
    expect(
      await owner.codeOf('PATCH /admins/:id', {
        params: { id: me.id },
        body: { version: me.version, roleIds: [await staff.role('queues.view')] },
      }),
    ).toBe('not_yourself');
    expect(await editor.caller.call('GET /admins/:id', { params: { id: stronger.id } })).toMatchObject({ standing: 'stronger' });
  });

  test('shows private notes to the person and to Full Administrators', async ({ owner, staff }) => {
    const viewer = await staff.with('admins.edit');
    const person = await staff.with('admins.view');
    const look = async ({ caller }: typeof person, id: string) => (await caller.call('GET /admins/:id', { params: { id } })).privateNotes;
    const { version } = await owner.call('GET /admins/:id', { params: { id: person.admin.id } });
    await owner.call('PATCH /admins/:id', { params: { id: person.admin.id }, body: { version, privateNotes: 'secret' } });
    expect(await look(viewer, person.admin.id)).toBeUndefined();
    expect(await look(person, person.admin.id)).toBe('secret');
  });

  test('takes no field that is not one’s to set', async ({ owner, staff }) => {
    const { id } = await staff.idle('dashboard.view');
    const fields = [
      'isSuperadmin',
      'superadmin',
      'passwordHash',
      'password',
      'disabledAt',
      'disabledBy',
      'id',
      'authEpoch',
      'rightsEpoch',
      'roles',
      'permissions',
      'mustChangePassword',
      'createdAt',
      'lastSeenAt',
      'theme',
    ];
    for (const field of fields) {
      const refusal = await refused(owner.call('PATCH /admins/:id', { params: { id }, body: { version: 1, [field]: 1 } }));
      expect(refusal, field).toMatchObject({ code: 'invalid', fields: { [field]: 'There is no such field.' } });
      if (field === 'password') continue;
      expect(await owner.codeOf('POST /admins', { body: { ...newcomer(await staff.role()), [field]: 1 } }), field).toBe('invalid');
    }
  });

  test('in bulk tells of each account what became of it', async ({ staff }) => {
    const editor = await staff.with('admins.edit', 'queues.view', 'dashboard.view');
    const roleId = await staff.role('queues.view');
    const plain = await staff.idle('dashboard.view');
    const { items } = await editor.caller.call('POST /admins/bulk-edit', {
      body: { ids: [plain.id, staff.ownerId, editor.admin.id, roleId], addRoles: [roleId] },
    });
    expect(items.map(({ done }) => done)).toEqual([true, false, false, false]);
    expect(items.map(({ reason }) => reason)).toEqual([
      undefined,
      'Ana Ruiz holds permissions that you do not.',
      expect.stringMatching(/own roles/),
      expect.stringMatching(/no such/),
    ]);
    const after = await editor.caller.call('GET /admins/:id', { params: { id: plain.id } });
    expect(after.roles).toHaveLength(2);
    const all = after.roles.map(({ id }) => id);
    const none = await editor.caller.call('POST /admins/bulk-edit', { body: { ids: [plain.id], removeRoles: all } });
    expect(none.items).toMatchObject([{ done: false, reason: expect.stringMatching(/without a role/) as string }]);
  });
});
