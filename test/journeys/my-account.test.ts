import type { Browser } from 'playwright';
import sharp from 'sharp';
import { expect } from 'vitest';
import { Caller } from '../support/caller.ts';
import { PASSWORD, setUp, signIn, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';

const test = journey
  .extend('settings', { scope: 'file' }, (): NodeJS.ProcessEnv => ({}))
  /** Ana, a Full Administrator, and Bo, who watches the dashboard. */
  .extend('ana', { scope: 'file' }, async ({ product }) => {
    const ana = await setUp(product);
    const { items: roles } = await ana.call('GET /roles');
    const role = roles.find(({ name }) => name === 'Support Operator')?.id ?? '';
    const support = await ana.call('POST /departments', { body: { name: 'Support', description: 'Answers customers' } });
    await ana.call('PUT /departments/:id/members/:adminId', {
      params: { id: support.id, adminId: (await ana.call('GET /session')).me.id },
      body: { ticketNotifications: true },
    });
    const { results } = await ana.call('POST /invitations', { body: { addresses: ['bo@northwind.example'], roleIds: [role] } });
    const id = results[0]?.invitation?.id ?? '';
    const { link } = await ana.call('POST /invitations/:id/link', { params: { id } });
    await new Caller(product.url).call('POST /invitations/accept', {
      body: { token: link.split('#')[1] ?? '', username: 'bo', firstName: 'Bo', lastName: 'Ek', password: PASSWORD },
    });
    return ana;
  });

async function arrive(browser: Browser, url: string, login: string, width?: number): Promise<Person> {
  return signIn(await Person.arrive(browser, url, width === undefined ? {} : { width }), login);
}

test('a picture reaches the other’s Staff Online, and choices follow the person to another machine', async ({ product, browser, ana }) => {
  const { me } = await ana.call('GET /session');
  const bo = await arrive(browser, product.url, 'bo');
  const first = await arrive(browser, product.url, 'ana');
  const faces = bo.widget('Staff Online').locator(`img[src^="/api/avatars/${me.id}"]`);
  await expect.poll(() => bo.widget('Staff Online').getByText('Ana Ruiz').count()).toBeGreaterThan(0);
  expect(await faces.count()).toBe(0);

  await first.goto('/account');
  const buffer = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#b0462a' } })
    .png()
    .toBuffer();
  const file = first.page.locator('input[type=file]');
  await file.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') });
  await expect.poll(() => first.page.getByText(/takes image\/png|no PNG, JPEG or WebP/).count()).toBe(1);
  await file.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });
  await expect.poll(() => first.page.locator(`header img[src^="/api/avatars/${me.id}"]`).count(), { timeout: 10_000 }).toBe(1);
  await expect.poll(() => faces.count(), { timeout: 10_000 }).toBe(1);
  const width = `document.querySelector('main img[src^="/api/avatars/${me.id}"]')?.naturalWidth`;
  await expect.poll(() => bo.page.evaluate(width), { timeout: 10_000 }).toBe(256);
  await bo.shot('staff-online-with-picture');
  await first.page.getByLabel('Signature').fill('**Ana** from Northwind');
  await first.page.getByRole('button', { name: 'Save profile' }).click();
  await expect.poll(async () => (await ana.call('GET /me/profile')).signature).toBe('**Ana** from Northwind');
  await first.shot('account-profile');

  await first.goto('/account/notifications');
  await first.page.getByLabel('Support', { exact: true }).uncheck();
  await expect.poll(() => first.page.getByText('Saved').count()).toBe(1);
  await first.page.getByLabel(/^Account/).uncheck();
  await expect
    .poll(async () => (await ana.call('GET /me/notifications')).messageTypes.map(({ wanted }) => wanted))
    .toEqual([true, false, true]);
  expect((await ana.call('GET /me/notifications')).departments).toMatchObject([{ name: 'Support', ticketNotifications: false }]);
  await first.shot('account-notifications');

  await first.goto('/account/preferences');
  await first.page.getByRole('radio', { name: 'Dark' }).check();
  await first.page.getByRole('radio', { name: 'Compact' }).check();
  await expect.poll(() => first.page.evaluate('document.documentElement.dataset.density')).toBe('compact');
  await first.page.getByLabel('Records to Display per Page').selectOption('25');
  await first.page.getByLabel('Single-key shortcuts').uncheck();
  await expect
    .poll(async () => (await ana.call('GET /session')).me)
    .toMatchObject({ theme: 'dark', density: 'compact', rowsPerPage: 25, shortcuts: false });
  await first.shot('account-preferences');

  const second = await arrive(browser, product.url, 'ana');
  await second.goto('/staff');
  await expect
    .poll(() => second.page.evaluate('[document.documentElement.dataset.theme, document.documentElement.dataset.density]'))
    .toEqual(['dark', 'compact']);
  await expect.poll(() => second.page.getByLabel('Records to Display per Page').inputValue()).toBe('25');
  await second.page.keyboard.press('g');
  await second.page.keyboard.press('r');
  await second.shot('staff-compact-dark');
  expect(new URL(second.page.url()).pathname, 'single letters are off').toBe('/staff');
  await second.goto('/departments');
  await second.shot('departments-dark');
  for (const person of [bo, first, second]) {
    expect(person.faults).toEqual([]);
    await person.leave();
  }
});

test('departments are ordered, filled and deleted, on a phone as well', async ({ product, browser, ana }) => {
  const person = await arrive(browser, product.url, 'ana', 390);
  const { id } = await ana.call('POST /departments', { body: { name: 'Sales' } });
  await person.goto('/departments');
  const order = () => person.page.locator('tbody th a').allTextContents();
  await expect.poll(order).toEqual(['Support', 'Sales']);
  await person.page.getByRole('button', { name: 'Move Sales up' }).click();
  await expect.poll(order).toEqual(['Sales', 'Support']);
  await person.shot('departments-phone');
  await person.page.getByRole('link', { name: 'Sales', exact: true }).click();
  await person.page.getByRole('button', { name: 'Add people' }).click();
  await person.page.getByLabel('Name, email or username').fill('bo');
  await person.page.getByRole('button', { name: 'Add Bo Ek' }).click();
  await expect.poll(() => person.page.getByText('belongs to it', { exact: true }).count()).toBe(1);
  await person.shot('department-add-phone');
  await person.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect.poll(() => person.page.getByLabel('Ticket notifications for Bo Ek').isChecked()).toBe(true);
  await person.shot('department-phone');

  // somebody else stores something meanwhile, twice: their words are taken once, and once ours stand
  const description = person.page.getByLabel('Description');
  const stored = () => ana.call('GET /departments/:id', { params: { id } });
  const clash = async (theirs: string, ours: string) => {
    await ana.call('PATCH /departments/:id', { params: { id }, body: { version: (await stored()).version, description: theirs } });
    await description.fill(ours);
    await person.page.getByRole('button', { name: 'Save department' }).click();
    await person.page.getByText('Somebody else changed this department in the meantime.').waitFor();
  };
  await clash('Sells', 'Sells ships');
  await person.page.getByRole('button', { name: 'Load what stands there now' }).click();
  expect(await description.inputValue()).toBe('Sells');
  await clash('Sells boats', 'Sells ropes');
  await person.shot('department-clash');
  await person.page.getByRole('button', { name: 'Save mine over it' }).click();
  await expect.poll(async () => (await stored()).description).toBe('Sells ropes');

  await person.page.getByRole('button', { name: 'Delete department' }).click();
  await expect.poll(() => person.page.getByText('1 member loses it').count()).toBe(1);
  await person.page.getByRole('dialog').getByRole('button', { name: 'Delete department' }).click();
  await person.page.waitForURL('**/departments');
  await expect.poll(order).toEqual(['Support']);
  expect(await person.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expect(person.faults).toEqual([]);
  await person.leave();
});
