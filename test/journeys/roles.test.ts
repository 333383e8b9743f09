import { describe, expect } from 'vitest';
import { SLOW, signIn, test as journey } from '../support/journey.ts';
import { northwind } from '../support/northwind.ts';
import { Person } from '../support/person.ts';

const test = journey
  .extend('settings', { scope: 'file' }, (): NodeJS.ProcessEnv => ({}))
  /** The installation with Ana, a Full Administrator, and Tomas, a Support Operator. */
  .extend('api', { scope: 'file' }, ({ product }) => northwind(product, 'tomas'))
  .extend('support', { scope: 'file' }, async ({ api }) => {
    const { items } = await api.call('GET /roles');
    return items.find(({ name }) => name === 'Support Operator')?.id ?? expect.fail('there is no such role');
  })
  .extend('ana', { scope: 'file' }, async ({ browser, product, api }) => {
    void api;
    return signIn(await Person.arrive(browser, product.url), 'ana');
  })
  .extend('tomas', { scope: 'file' }, async ({ browser, product, api }) => {
    void api;
    return signIn(await Person.arrive(browser, product.url, { theme: 'dark' }), 'tomas');
  });

describe('roles', () => {
  test('a right taken away says for whom before, and closes the page that needs it where it is open', async ({ ana, tomas, support }) => {
    await tomas.goto('/queues');
    await tomas.page.getByRole('heading', { name: 'Queues' }).first().waitFor();

    const { page } = ana;
    await ana.goto(`/roles/${support}`);
    await page.getByRole('checkbox', { name: /^View roles/ }).click();
    await page.getByText('comes with View staff and cannot be taken away alone').waitFor();
    await page.getByRole('checkbox', { name: /^View queues/ }).uncheck();
    await page.getByText('Takes effect at once for 1 person.').waitFor();
    await page.getByRole('button', { name: 'Review 1 change' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Tomas Lindqvist').waitFor();
    await dialog.getByText(/Queues.* vanish from their dashboard/).waitFor();
    await ana.shot('roles-01-review');
    await dialog.getByRole('button', { name: 'Save changes' }).click();

    await tomas.page.getByText('Ana Ruiz changed your roles. This page closed because it needs View queues.').waitFor();
    await expect.poll(() => new URL(tomas.page.url()).pathname, SLOW).toBe('/dashboard');
    await tomas.page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await expect.poll(() => tomas.page.getByRole('link', { name: 'Queues' }).count(), SLOW).toBe(0);
    await expect.poll(() => tomas.widget('Queues').count(), SLOW).toBe(0);
    await tomas.shot('roles-02-closed');
  });

  test('a right that is given appears in the rail without a reload', async ({ ana, tomas }) => {
    const { page } = ana;
    await page.getByRole('checkbox', { name: /^View queues/ }).check();
    await page.getByRole('button', { name: 'Review 1 change' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await tomas.page.getByRole('link', { name: 'Queues' }).first().waitFor();
    await tomas.page.getByText('Ana Ruiz changed your roles.', { exact: true }).waitFor();
    await tomas.page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => tomas.page.getByText('changed your roles').count()).toBe(0);
  });

  test('what somebody else stores meanwhile is shown, and both changes can be kept', async ({ ana, api, support }) => {
    const { page } = ana;
    await page.getByRole('checkbox', { name: /^Read events/ }).check();
    const params = { id: support };
    const { version, permissions } = await api.call('GET /roles/:id', { params });
    await api.call('PATCH /roles/:id', { params, body: { version, permissions: [...permissions, 'deliveries.view'] } });
    await page.getByText(/changed this role/).waitFor();
    await page.getByRole('alert').getByText('View delivery log').waitFor();
    await ana.shot('roles-03-conflict');
    await page.getByRole('button', { name: 'Keep both' }).click();
    await page.getByRole('button', { name: 'Review 1 change' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect
      .poll(async () => (await api.call('GET /roles/:id', { params })).permissions, SLOW)
      .toEqual(expect.arrayContaining(['deliveries.view', 'events.read', 'queues.view']));
  });

  test('a copy is made, compared by keyboard, and deleted with its people moved', async ({ ana, tomas, api, support }) => {
    const { page } = ana;
    await page.getByRole('link', { name: 'Copy', exact: true }).click();
    await page.getByRole('heading', { name: 'New role' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Night shift');
    await page.getByRole('button', { name: 'Create role' }).click();
    await page.getByRole('heading', { name: 'Night shift' }).waitFor();
    const night = (await api.call('GET /roles')).items.find(({ name }) => name === 'Night shift');
    expect(night?.permissions).toEqual((await api.call('GET /roles/:id', { params: { id: support } })).permissions);

    await ana.goto(`/roles/compare?ids=${support},${night?.id ?? ''}`);
    await page.getByText('These roles grant and set the same.').or(page.getByRole('grid')).first().waitFor();
    await page.getByRole('link', { name: 'Copy Night shift into a new role' }).waitFor();
    await page.getByRole('rowheader', { name: /^They differ in: People/ }).waitFor();
    await ana.shot('roles-04-compare');
    await page.locator('[data-cell="0 0"]').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator(':focus').getAttribute('data-cell')).toBe('0 1');

    await page.getByRole('link', { name: 'Edit Support Operator' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByLabel('Move them to').selectOption({ label: 'Night shift' });
    await page.getByText('What they may do stays as it is.').waitFor();
    await page.getByRole('button', { name: 'Delete Support Operator' }).click();
    await expect.poll(() => new URL(page.url()).pathname, SLOW).toBe('/roles');
    await expect.poll(() => page.getByRole('link', { name: 'Support Operator' }).count(), SLOW).toBe(0);
    await tomas.page.getByRole('link', { name: 'Queues' }).first().waitFor();
    expect((await api.call('GET /roles/:id', { params: { id: night?.id ?? '' } })).people).toMatchObject([{ name: 'Tomas Lindqvist' }]);
    expect([...ana.faults, ...tomas.faults]).toEqual([]);
  });
});
