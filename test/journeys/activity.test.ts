import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Permission } from '#contract/permissions.ts';
import { Caller } from '../support/caller.ts';
import { PASSWORD, SLOW, signIn, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';

const FIRST_PASSWORD = 'nine lanterns on a quay';

const test = journey
  /** Tomas, who looks after staff and sees neither the queues nor the log. */
  .extend('tomas', { scope: 'file' }, async ({ product, api }) => {
    const permissions: Permission[] = ['dashboard.view', 'presence.view', 'admins.view'];
    const role = await api.call('POST /roles', { body: { name: 'Front desk', permissions } });
    const person = { username: 'tomas', firstName: 'Tomas', lastName: 'Lindqvist', email: 'tomas@northwind.example' };
    const { admin } = await api.call('POST /admins', { body: { ...person, roleIds: [role.id], password: FIRST_PASSWORD } });
    const caller = new Caller(product.url);
    await caller.call('POST /session', { body: { login: 'tomas', password: FIRST_PASSWORD } });
    await caller.call('PUT /session/password', { body: { next: PASSWORD } });
    return { id: admin.id, role };
  })
  .extend(
    'signIn',
    { scope: 'file' },
    ({ browser, product, tomas }) =>
      async (login: string, options: Parameters<typeof Person.arrive>[2] = {}) => {
        void tomas;
        return signIn(await Person.arrive(browser, product.url, options), login);
      },
  )
  .extend('ana', { scope: 'file' }, ({ signIn }) => signIn('ana'));

const queryOf = (person: Person): Record<string, string> => Object.fromEntries(new URL(person.page.url()).searchParams);

describe('the activity log', () => {
  test('is narrowed in the address, grows under the reader, and shows what stood there before', async ({ ana, api }) => {
    const { page } = ana;
    const { id } = await api.call('POST /departments', { body: { name: 'Support', description: 'Answers customers' } });
    await ana.goto('/activity');
    await page.getByText('Ana Ruiz').first().waitFor();
    await page.getByLabel('Family').selectOption('Staff');
    await page.getByLabel('Search').fill('department');
    await expect.poll(() => queryOf(ana), SLOW).toEqual({ family: 'staff', search: 'department' });
    await expect.poll(() => page.locator('[data-row]').count(), SLOW).toBe(1);
    await page.reload();
    expect(await page.getByLabel('Search').inputValue()).toBe('department');

    const { version } = await api.call('GET /departments/:id', { params: { id } });
    await api.call('PATCH /departments/:id', { params: { id }, body: { version, description: 'Answers clients' } });
    await api.call('POST /roles', { body: { name: 'Passer-by', permissions: ['dashboard.view'] } });
    await page.getByRole('link', { name: /changed description of the department Support/ }).click();
    expect(await page.locator('[data-row]').count(), 'what does not match stays out').toBe(2);
    const entry = page.getByRole('dialog');
    expect(await entry.locator('del').allTextContents()).toEqual(['Answers customers']);
    expect(await entry.locator('ins').allTextContents()).toEqual(['Answers clients']);
    await entry.getByText('No message was planned.').waitFor();
    await ana.shot('activity-entry');
    await entry.getByRole('button', { name: 'Close' }).first().click();
    await expect.poll(() => queryOf(ana)['entry'], SLOW).toBeUndefined();
  });

  test('is taken home as it is narrowed', async ({ ana }) => {
    const [download] = await Promise.all([ana.page.waitForEvent('download'), ana.page.getByRole('link', { name: 'Download CSV' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^activity-\d{4}-\d\d-\d\d\.csv$/);
    const [head, ...rows] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFFNumber,At,Who,/);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('""after"":""Answers clients""');
    expect(rows[1]).toContain('Ana Ruiz,admin,added the department Support,department.added,staff');
  });

  test('keeps a filter that is used again without a pointer', async ({ ana }) => {
    const { page } = ana;
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = () => page.evaluate('document.activeElement.textContent.trim()');
    await page.getByRole('button', { name: 'Kept filters' }).focus();
    await press('Enter');
    await page.getByLabel('Keep the present filter as').focus();
    await page.keyboard.type('Departments');
    await press('Enter');
    await page.getByRole('link', { name: 'Departments' }).waitFor();
    await ana.shot('activity-kept');
    await press('Escape');

    await ana.goto('/dashboard');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await press('g', 'a');
    await page.waitForURL(/\/activity$/);
    await page.locator('[data-row]').nth(3).waitFor();
    await page.getByRole('button', { name: 'Kept filters' }).focus();
    await press('Enter');
    await page.getByRole('dialog').getByRole('link', { name: 'Departments' }).focus();
    await press('Enter');
    await expect.poll(() => queryOf(ana), SLOW).toEqual({ family: 'staff', search: 'department' });
    await expect.poll(() => page.locator('[data-row]').count(), SLOW).toBe(2);
    await press('j', 'j');
    expect(await focused()).toContain('added the department Support');
    await press('k', 'Enter');
    await page.getByRole('dialog').getByText('Answers clients').waitFor();
    await press('Escape');
    await expect.poll(focused, SLOW).toContain('changed description of the department Support');
    await press('/');
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
  });
});

describe('who may', () => {
  test('a page says what is missing, and asking for it reaches who can give it', async ({ ana, signIn, mailbox, api, tomas }) => {
    const sam = await signIn('tomas', { width: 390, theme: 'dark' });
    await sam.goto('/queues');
    await sam.page.getByText('queues.view').waitFor();
    await sam.page.getByText('Ana Ruiz can give it to you.').waitFor();
    await sam.shot('denied-page');
    await sam.page.getByRole('button', { name: 'Ask for it' }).click();
    await sam.page.getByText('Asked. Ana Ruiz has been told.').waitFor();
    await expect
      .poll(() => mailbox.mails.map(({ to, mail }) => [to[0], mail.subject]), SLOW)
      .toContainEqual(['ana@northwind.example', 'Tomas Lindqvist asks for the right View queues']);

    await sam.goto(`/staff/${tomas.id}/activity`);
    await sam.page.getByText('You may not see this: it needs View activity log').waitFor();
    await sam.page.getByText('You may not see this: it needs').nth(1).waitFor();
    await sam.shot('denied-list');
    await sam.page.getByRole('button', { name: 'Ask for it' }).first().click();
    await sam.page.getByText('Asked. Ana Ruiz has been told.').waitFor();

    await ana.goto('/activity?type=rights.asked-for');
    await ana.page.getByRole('link', { name: /asked for the right View queues/ }).waitFor();
    await ana.goto('/activity?type=permission.denied');
    await ana.page
      .getByRole('link', { name: /GET \/queues/ })
      .first()
      .click();
    await ana.page.getByRole('link', { name: 'Explain why' }).click();
    await ana.page.getByText(/Tomas Lindqvist cannot use GET \/queues/).waitFor();

    const { version, permissions } = await api.call('GET /roles/:id', { params: { id: tomas.role.id } });
    await sam.goto('/queues');
    await sam.page.getByRole('button', { name: 'Ask for it' }).click();
    await sam.page.getByText(/^You asked on .* already; Ana Ruiz knows\.$/).waitFor();
    await api.call('PATCH /roles/:id', { params: { id: tomas.role.id }, body: { version, permissions: [...permissions, 'queues.view'] } });
    await sam.page.getByRole('heading', { name: 'Queues' }).first().waitFor();
    expect(sam.faults).toEqual([]);
    await sam.leave();
  });

  test('is explained for a page, a widget and a right: by which role, or for want of which right', async ({ ana, signIn }) => {
    const { page } = ana;
    await ana.goto('/explain');
    await page.getByLabel('Person').fill('linq');
    await page.getByText('Nobody is called so.').waitFor();
    await page.getByLabel('Person').fill('lindq');
    // the second choice is made while the first is on its way, and both hold
    const slow = Promise.withResolvers<undefined>();
    await page.route('**/api/explain/things', async route => {
      await slow.promise;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Tomas Lindqvist' }).click();
    await page.getByLabel('What').selectOption({ label: 'Roles (/roles)' });
    slow.resolve(undefined);
    await page.getByText('Tomas Lindqvist can open the page Roles (/roles), because of Front desk.').waitFor();
    await page.getByText('Front desk grants').waitFor();
    await ana.shot('explain-may');
    await page.getByLabel('What').selectOption({ label: 'Settings (/settings)' });
    await page.getByText(/Tomas Lindqvist cannot open the page Settings \(\/settings\): it needs View settings/).waitFor();
    await page.getByText('Roles that grant it: Full Administrator').waitFor();
    await ana.shot('explain-may-not');

    await ana.goto('/dashboard');
    await page.getByRole('button', { name: 'Actions for Queues' }).click();
    await page.getByRole('menuitem', { name: 'Explain who may see it' }).click();
    await page.getByText('Ana Ruiz can see the widget Queues, because of Full Administrator.').waitFor();
    expect(queryOf(ana)).toEqual({ what: 'widget:queues' });

    // who was told of something leads to the mail itself, and from there to why it went
    await ana.goto('/activity?type=rights.asked-for');
    await page
      .getByRole('link', { name: /asked for the right View queues/ })
      .first()
      .click();
    await page.getByRole('link', { name: 'Who was told of it, and who was not' }).click();
    await page.getByText('Ana Ruiz was told of it by mail.').waitFor();
    await ana.shot('explain-event');
    await page.getByRole('link', { name: 'Open in the delivery log' }).click();
    await page.getByRole('heading', { level: 1, name: /asks for the right/ }).waitFor();
    await page.getByRole('link', { name: 'Explain', exact: true }).click();
    await page.getByText('It was sent to Ana Ruiz.').waitFor();
    await page.getByText(/^Their roles send mails of the kind “Account”: Full Administrator\.$/).waitFor();
    await page.getByLabel('What').selectOption({ label: 'Mails about tickets (mail:ticket)' });
    await page.getByText('Ana Ruiz is sent such mails, where they are one of those concerned.').waitFor();
    expect(queryOf(ana)['what']).toBe('mail:ticket');

    const phone = await signIn('ana', { width: 390, theme: 'dark' });
    for (const [shot, path] of [
      ['activity-phone', '/activity'],
      ['explain-phone', '/explain?what=widget:queues'],
      ['activity-nothing-phone', '/activity?search=nowhere&from=2026-01-01T00:00:00.000Z'],
    ] as const) {
      await phone.goto(path);
      await phone.page.getByRole('heading', { level: 1 }).waitFor();
      await phone.shot(shot);
      expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    }
    for (const person of [ana, phone]) expect(person.faults).toEqual([]);
    await phone.leave();
  });
});

describe('the queues', () => {
  test('each stands on a sheet of its own, is paused there, says by whom, and is resumed', async ({ ana }) => {
    const { page } = ana;
    await ana.goto('/queues');
    const sheet = page
      .getByRole('list', { name: 'Queues, their jobs and workers' })
      .getByRole('listitem')
      .filter({ hasText: 'verify-chain' });
    await sheet.getByText('Oldest wait').waitFor();
    await sheet.getByRole('button', { name: 'Pause verify-chain' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await sheet.getByText(/^Ana Ruiz paused it on .*\. What comes for it is kept\.$/).waitFor();
    await ana.shot('queues-paused');
    await sheet.getByRole('button', { name: 'Resume verify-chain' }).click();
    await sheet.getByRole('button', { name: 'Pause verify-chain' }).waitFor();
    await sheet.getByRole('link', { name: '0 Failed: verify-chain' }).click();
    await page.getByText('No job failed. Those of deliveries stand in the delivery log instead.').waitFor();
    expect(queryOf(ana)).toEqual({ state: 'failed' });
    expect(ana.faults).toEqual([]);
  });
});
