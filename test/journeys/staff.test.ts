import { expect } from 'vitest';
import type { Permission } from '#contract/permissions.ts';
import { Caller } from '../support/caller.ts';
import { PASSWORD, signIn, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';

const FIRST_PASSWORD = 'nine lanterns on a quay';
const SECONDS = { timeout: 5000 };

const test = journey
  .extend('settings', { scope: 'file' }, (): NodeJS.ProcessEnv => ({}))
  .extend('house', { scope: 'file' }, ({ product, api, browser }) => ({
    role: async (name: string, ...permissions: Permission[]) => (await api.call('POST /roles', { body: { name, permissions } })).id,
    /** Somebody added by hand, who has chosen a password of their own. */
    member: async (username: string, firstName: string, lastName: string, roleId: string) => {
      const body = { username, firstName, lastName, email: `${username}@northwind.example`, roleIds: [roleId], password: FIRST_PASSWORD };
      const { admin } = await api.call('POST /admins', { body });
      const caller = new Caller(product.url);
      await caller.call('POST /session', { body: { login: username, password: FIRST_PASSWORD } });
      await caller.call('PUT /session/password', { body: { next: PASSWORD } });
      return { id: admin.id, name: admin.name, caller };
    },
    signIn: async (login: string, options: Parameters<typeof Person.arrive>[2] = {}) =>
      signIn(await Person.arrive(browser, product.url, options), login),
  }));

test('an admin is added by hand, and their temporary password is shown once', async ({ api, house }) => {
  await api.call('POST /departments', { body: { name: 'Support' } });
  await house.role('Watcher', 'dashboard.view', 'presence.view');
  const ana = await house.signIn('ana');
  const { page } = ana;
  await ana.goto('/staff');
  await page.getByRole('link', { name: 'Add by hand' }).click();
  await page.getByRole('button', { name: 'Add admin' }).click();
  await page.getByText('Write a name.').first().waitFor();
  await ana.shot('staff-new-refused');
  await page.getByLabel('First name').fill('Noor');
  await page.getByLabel('Last name').fill('Haddad');
  await page.getByLabel('Email address').fill('noor@northwind.example');
  await page.getByLabel('Username').fill('noor');
  await page.getByRole('checkbox', { name: 'Support', exact: true }).check();
  await page.getByRole('checkbox', { name: /^Watcher/ }).check();
  await ana.shot('staff-new');
  await page.getByRole('button', { name: 'Add admin' }).click();
  await page.getByText('The password is not shown again.').waitFor();
  await ana.shot('staff-added');
  const password = await page.locator('code').nth(1).textContent();
  expect(password).toMatch(/^([a-z0-9]{4}-){4}[a-z0-9]{4}$/);
  await page.getByRole('link', { name: 'Open the account' }).click();
  await page.getByRole('heading', { name: 'Noor Haddad' }).waitFor();
  await page.getByText('Has not signed in yet with a password of their own').waitFor();
  await ana.shot('staff-one');
  expect(ana.faults).toEqual([]);
  await ana.leave();
});

test('two who edit one account at once: the second is shown what stands there, and decides', async ({ api, house }) => {
  const [full] = (await api.call('GET /roles')).items.filter(({ superadmin }) => superadmin);
  const { id } = await house.member('iris', 'Iris', 'Berg', await house.role('Reader', 'dashboard.view'));
  await house.member('bo', 'Bo', 'Falk', full?.id ?? '');
  const [ana, bo] = [await house.signIn('ana'), await house.signIn('bo', { theme: 'dark' })];
  await ana.goto(`/staff/${id}`);
  await bo.goto(`/staff/${id}`);
  await ana.page.getByLabel('Last name').fill('Berglund');
  await bo.page.getByLabel('First name').fill('Irja');
  await bo.page.getByLabel('Last name').fill('Bergman');
  await bo.page.getByRole('button', { name: 'Save changes' }).click();
  await bo.page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  await ana.page.getByText(/Bo Falk changed this account/).waitFor(SECONDS);
  // what the other changed elsewhere has come by itself
  await expect.poll(() => ana.page.getByLabel('First name').inputValue(), SECONDS).toBe('Irja');
  await ana.page.getByRole('button', { name: 'Review changes' }).click();
  await ana.page.getByRole('cell', { name: 'Bergman' }).waitFor();
  await ana.shot('staff-conflict');
  await ana.page.getByRole('button', { name: 'Overwrite' }).click();
  await ana.page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  expect(await api.call('GET /admins/:id', { params: { id } })).toMatchObject({ firstName: 'Irja', lastName: 'Berglund' });
  await bo.page.getByRole('heading', { name: 'Irja Berglund' }).waitFor(SECONDS);
  await bo.goto(`/staff/${id}/access`);
  await bo.page.getByRole('checkbox', { name: /^Watcher/ }).check();
  await bo.page.getByText('gains 1').waitFor();
  await bo.shot('staff-access-dark');
  await bo.page.getByRole('button', { name: 'Save roles' }).click();
  await bo.page.getByText('2 of ').waitFor();
  await bo.goto(`/staff/${id}/activity`);
  await bo.shot('staff-activity-dark');
  await bo.page.getByText(/Bo Falk changed .*first name/).waitFor(SECONDS);
  for (const person of [ana, bo]) {
    expect(person.faults).toEqual([]);
    await person.leave();
  }
});

test('a disabled person is out within seconds, what they answered for goes on, and the account can be enabled and deleted', async ({
  api,
  house,
}) => {
  const roleId = await house.role('Ruler', 'dashboard.view', 'presence.view', 'rules.edit');
  const { id, name, caller } = await house.member('cleo', 'Cleo', 'Wick', roleId);
  const rule = {
    name: 'Orders by mail',
    enabled: true,
    events: ['order.placed'],
    match: 'all' as const,
    conditions: [],
    targets: [{ provider: 'email', target: { address: 'desk@northwind.example' } }],
    text: null,
  };
  const { id: ruleId } = await caller.call('POST /notification-rules', { body: rule });
  const [ana, cleo] = [await house.signIn('ana'), await house.signIn('cleo')];
  const { page } = ana;
  await ana.goto('/staff');
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await ana.shot('staff-menu');
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await page.getByText('Orders by mail').waitFor();
  await page.getByText(/Nobody takes 1 rule/).waitFor();
  await ana.shot('staff-disable');
  await page.getByLabel('Hand everything to').selectOption({ label: 'Ana Ruiz' });
  await page.getByRole('button', { name: `Disable ${name}` }).click();
  await page.getByRole('button', { name: `Enable ${name}` }).waitFor();
  await cleo.page.waitForURL(/\/sign-in/, SECONDS);
  await cleo.page.getByText('Your account was disabled').waitFor();
  await cleo.shot('staff-disabled-out');
  expect((await api.call('GET /notification-rules/:id', { params: { id: ruleId } })).owner).toMatchObject({
    name: 'Ana Ruiz',
    disabled: false,
  });
  await cleo.page.getByLabel('Username or email').fill('cleo');
  await cleo.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await cleo.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await cleo.page.getByText(/do not match/).waitFor();

  await page.getByRole('button', { name: `Enable ${name}` }).click();
  await page.getByRole('link', { name: `Disable ${name}…` }).waitFor();
  await cleo.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await cleo.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await cleo.page.waitForURL(/\/dashboard/, SECONDS);

  await page.getByRole('link', { name: `Disable ${name}…` }).click();
  await page.getByText('They answer for no rule, no open invitation and no shared to-do.').waitFor();
  await page.getByRole('button', { name: `Disable ${name}` }).click();
  await page.getByRole('button', { name: `Delete ${name}…` }).click();
  await page.getByLabel(`Type ${name} to go on`).fill(name);
  await ana.shot('staff-delete');
  await page.getByRole('button', { name: `Delete ${name}`, exact: true }).click();
  await page.getByText('Nobody is disabled.').waitFor();
  expect(await api.codeOf('GET /admins/:id', { params: { id } })).toBe('not_found');
  for (const person of [ana, cleo]) {
    expect(person.faults).toEqual([]);
    await person.leave();
  }
});

test('several at once each have a result of their own, columns are kept, and the list is had as a file', async ({ api, house }) => {
  const ana = await house.signIn('ana');
  const { page } = ana;
  await ana.goto('/staff');
  await page.getByRole('checkbox', { name: 'Select Noor Haddad' }).check();
  await page.getByRole('checkbox', { name: 'Select Ana Ruiz' }).check();
  await ana.shot('staff-list');
  await page.getByRole('button', { name: 'Roles…' }).click();
  await page.getByLabel('Reader', { exact: true }).selectOption('Give');
  await page.getByRole('button', { name: 'Change 2 accounts' }).click();
  await page.getByText('1 of 2 done').waitFor();
  await page.getByText(/Nobody changes their own roles/).waitFor();
  await ana.shot('staff-bulk');
  await page
    .getByRole('contentinfo')
    .or(page.getByRole('button', { name: 'Close' }).last())
    .first()
    .click();
  await expect.poll(() => page.getByRole('cell', { name: 'Reader, Watcher' }).count(), SECONDS).toBe(2);
  await page.locator('summary', { hasText: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Joined' }).uncheck();
  await page.reload();
  await page.getByRole('columnheader', { name: 'Username' }).waitFor();
  expect(await page.getByRole('columnheader', { name: 'Joined' }).count()).toBe(0);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export CSV' }).click()]);
  expect(download.suggestedFilename()).toBe('staff.csv');
  const phone = await house.signIn('ana', { width: 390 });
  for (const [shot, path] of [
    ['staff-phone', '/staff'],
    ['staff-one-phone', `/staff/${(await api.call('GET /session')).me.id}`],
    ['staff-new-phone', '/staff/new'],
  ] as const) {
    await phone.goto(path);
    await phone.page.getByRole('heading', { level: 1 }).waitFor();
    await phone.shot(shot);
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }
  for (const person of [ana, phone]) {
    expect(person.faults).toEqual([]);
    await person.leave();
  }
});
