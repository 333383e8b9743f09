import { expect } from 'vitest';
import { Caller } from '../support/caller.ts';
import { TOKEN } from '../support/counterparts/slack.ts';
import { SLOW, signIn, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';

const test = journey
  .extend('settings', { scope: 'file' }, ({ mailbox, slack }): NodeJS.ProcessEnv => ({ SMTP_URL: mailbox.url, SLACK_API_URL: slack.api }))
  .extend('shop', { scope: 'file' }, async ({ api, product }) => {
    const { key } = await api.call('POST /api-keys', { body: { name: 'Shop', scopes: ['events.write'] } });
    return new Caller(product.url, key);
  })
  /** Brings the first superadmin to a screen. */
  .extend('arrive', { scope: 'file' }, async ({ browser, product, api }) => {
    const { me } = await api.call('GET /session');
    return async (screen: Parameters<typeof Person.arrive>[2]) => signIn(await Person.arrive(browser, product.url, screen), me.username);
  });

const order = (id: string, client: string, amount: number) => ({
  id,
  type: 'order.placed',
  facts: { order: id, client, total: { amount, currency: 'USD' } },
});

test('on a phone a rule is written clause by clause, led to what is wrong, and sends what it says', async ({ arrive, shop, mailbox }) => {
  const ana = await arrive({ width: 390, touch: true });
  const { page } = ana;
  const go = (name: string) => page.getByRole('button', { name }).tap();
  const sentence = page.getByRole('navigation', { name: 'Clauses' }).getByRole('paragraph');
  await ana.goto('/notifications/rules/new');
  await page.getByRole('combobox', { name: 'What happens' }).fill('order placed');
  await page.getByRole('option', { name: 'An order was placed' }).tap();
  await ana.shot('rules-1-when');
  await go('Next');
  await page.getByRole('heading', { name: 'If' }).waitFor();
  expect(await page.getByRole('heading', { name: 'When', exact: true }).isVisible()).toBe(false);
  await go('Add a condition');
  await page.getByLabel('Amount').fill('25');
  await page.getByLabel('Currency').fill('USD');
  await go('Add a group');
  const group = page.getByRole('group', { name: 'Group 2', exact: true });
  for (const name of ['Contoso', 'Initech']) {
    if (name === 'Initech') await group.getByRole('button', { name: 'Add a condition' }).tap();
    await group.getByLabel('Fact').last().selectOption({ label: 'Client' });
    await group.getByLabel('Value').last().fill(name);
  }
  await ana.shot('rules-2-if');
  await go('Next');
  await page.getByLabel('Provider').selectOption('email');
  await page.getByLabel('Address').fill('sales@northwind.example');
  await expect
    .poll(() => sentence.innerText(), SLOW)
    .toBe(
      'When an order was placed and total is greater than 25.00 USD and (client is Contoso or client is Initech), send to Email sales@northwind.example.',
    );

  // going back is to the clause before, with what was written there
  await page.goBack();
  expect(await page.getByLabel('Amount').inputValue()).toBe('25');
  await page.getByLabel('Amount').fill('');
  await go('6, Save');
  await go('Save rule');
  await page.getByRole('button', { name: '6, Save: something is wrong' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Orders of two clients');
  await go('Save rule');
  await page.getByRole('button', { name: '2, If: something is wrong' }).waitFor();
  await expect.poll(() => page.evaluate('document.activeElement?.ariaLabel'), SLOW).toBe('Amount');
  await ana.shot('rules-3-at-fault');
  await page.getByLabel('Amount').fill('25');
  await go('6, Save');
  await go('Save rule');
  await page.waitForURL(/\/notifications\/rules\/[\da-f-]{36}\?clause=save$/);
  await page.getByRole('button', { name: 'Send test to me' }).waitFor();
  await ana.shot('rules-4-saved');

  const orders = [order('O-1', 'Contoso', 30), order('O-2', 'Contoso', 20), order('O-3', 'Fabrikam', 90), order('O-4', 'Initech', 26)];
  await shop.call('POST /events', { body: orders });
  const subjects = () => mailbox.mails.filter(({ to }) => to.includes('sales@northwind.example')).map(({ mail }) => mail.subject ?? '');
  await expect.poll(() => subjects().length, SLOW).toBe(2);
  expect(subjects().toSorted()).toEqual([expect.stringContaining('O-1'), expect.stringContaining('O-4')]);
  expect(ana.faults).toEqual([]);
  await ana.leave();
});

test('events are found by words in any order, with the keyboard alone', async ({ arrive }) => {
  const ana = await arrive({});
  const { page } = ana;
  const search = page.getByRole('combobox', { name: 'What happens' });
  await ana.goto('/notifications/rules/new');
  await search.fill('no such thing');
  await page.getByText('No event is called that.').waitFor();
  await search.fill('paid invoice');
  expect(await page.getByRole('listbox', { name: 'What happens' }).getByRole('option').allInnerTexts()).toEqual(['An invoice was paid']);
  await search.press('Enter');
  await expect.poll(() => page.evaluate('document.activeElement?.textContent'), SLOW).toBe('Add an event…');
  expect(await search.count()).toBe(0);
  await page.keyboard.press('Enter');
  await search.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('ticket');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await search.fill('paid invoice');
  await page.getByText('No event is called that.').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate('document.activeElement?.textContent'), SLOW).toBe('Add an event…');
  const chosen = page.getByRole('region', { name: 'When' }).getByRole('button', { name: /^Remove / });
  expect(await chosen.count()).toBe(2);
  await chosen.first().press('Enter');
  await chosen.first().press('Enter');
  await search.waitFor();
  expect(ana.faults).toEqual([]);
  await ana.leave();
});

test('of two who change a rule at once the later one is told, and overwrites only what they were told of', async ({ arrive, api }) => {
  const rule = {
    name: 'Payments',
    enabled: true,
    events: ['invoice.paid'],
    match: 'all' as const,
    conditions: [],
    targets: [{ provider: 'email', target: { address: 'books@northwind.example' } }],
    text: null,
  };
  const { id, version } = await api.call('POST /notification-rules', { body: rule });
  const change = (text: string, version: number) =>
    api.call('PUT /notification-rules/:id', { params: { id }, body: { ...rule, text, version } });
  const now = () => api.call('GET /notification-rules/:id', { params: { id } });
  const ana = await arrive({});
  const { page } = ana;
  await ana.goto(`/notifications/rules/${id}`);
  await page.getByLabel('Name', { exact: true }).fill('Payments of Ana');
  const second = await change('The second', version);
  await page.getByRole('button', { name: 'Save rule' }).click();
  const overwrite = page.getByRole('button', { name: 'Save mine over it' });
  await overwrite.waitFor();
  await change('The third', second.version);
  await overwrite.click();
  await overwrite.waitFor();
  expect(await now()).toMatchObject({ name: 'Payments', text: 'The third' });
  await overwrite.click();
  await page.getByRole('heading', { name: 'Payments of Ana' }).waitFor();
  expect(await now()).toMatchObject({ name: 'Payments of Ana', text: null });
  expect(ana.faults).toEqual([]);
  await ana.leave();
});

test('a storm of five hundred comes to the rule’s cap and one summary, while dashboards go on', async ({
  arrive,
  api,
  slack,
  mailbox,
  product,
}) => {
  await api.call('PUT /notification-providers/:id', { params: { id: 'slack' }, body: { settings: { token: TOKEN } } });
  const ana = await arrive({});
  const wall = await arrive({ theme: 'dark' });
  const { page } = ana;
  await ana.goto('/notifications/rules/new');
  await page.getByLabel('Name', { exact: true }).fill('Renewals');
  await page.getByRole('combobox', { name: 'What happens' }).fill('renewed domain');
  await page.keyboard.press('Enter');
  await page.getByLabel('Provider').selectOption('slack');
  await page.getByLabel('Channel').fill(slack.channels[0]?.id ?? '');
  await page.getByRole('button', { name: 'Add another target' }).click();
  const second = page.getByRole('group', { name: 'Target 2' });
  await second.getByLabel('Provider').and(page.locator(':focus')).waitFor();
  await second.getByLabel('Provider').selectOption('email');
  await second.getByLabel('Email address').fill('registrar@northwind.example');
  await page.getByLabel('How often').selectOption('throttle');
  await page.getByLabel('Messages at most').fill('5');
  await page.getByLabel('In minutes').fill('10');
  await page.getByRole('button', { name: 'Save rule' }).click();
  await page.waitForURL(/\/notifications\/rules\/[\da-f-]{36}$/);
  await page.getByRole('button', { name: 'Send test to me' }).waitFor();
  await ana.shot('rules-5-with-a-cap');
  await ana.goto('/notifications/log');
  await page.getByRole('button', { name: 'Pause live updates' }).click();
  const { key } = await api.call('POST /api-keys', { body: { name: 'Registrar', scopes: ['events.write'] } });
  const registrar = new Caller(product.url, key);
  for (let batch = 0; batch < 10; batch += 1) {
    const domains = Array.from({ length: 50 }, (_, n) => `site-${batch * 50 + n}.example`);
    await registrar.call('POST /events', {
      body: domains.map(domain => ({ id: domain, type: 'domain.renewed', facts: { domain, years: 1 } })),
    });
  }
  await wall
    .widget('Activity')
    .getByText(/site-4\d\d\.example/)
    .first()
    .waitFor();
  await expect.poll(() => slack.posts.length, SLOW).toBe(5);
  const mailed = () => mailbox.mails.filter(({ to }) => to.includes('registrar@northwind.example'));
  await expect.poll(() => mailed().length, SLOW).toBe(5);
  // somebody reads the log in peace; what came meanwhile is shown when they go on
  const held = page.getByText(/More than 5 in 10 min/);
  expect(await held.count()).toBe(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await held.first().waitFor();
  await product.tell(`update delivery set next_try_at = now() where collects = 'summary' and state = 'queued'`);
  await expect.poll(() => slack.posts.at(-1)?.text, SLOW).toContain('495 messages held: more than 5 in 10 min');
  expect(slack.posts.length).toBe(6);
  await expect.poll(() => mailed().at(-1)?.mail.subject, SLOW).toContain('495 messages held: more than 5 in 10 min');
  await ana.goto('/notifications/log?state=sent');
  await page.getByText('What the limit of “Renewals” held back').first().waitFor();
  await ana.shot('rules-6-log-after-a-storm');
  // what is far below is not laid out, and is found all the same
  await ana.goto('/notifications/log?state=suppressed');
  await page.locator('main ol > li').nth(49).waitFor({ state: 'attached' });
  const last = `[...document.querySelectorAll('main ol > li a')].at(-1)`;
  expect(await page.evaluate(`${last}.checkVisibility({ contentVisibilityAuto: true })`)).toBe(false);
  expect(await page.evaluate(`window.find(${last}.textContent.trim())`)).toBe(true);
  for (const person of [ana, wall]) {
    expect(person.faults).toEqual([]);
    await person.leave();
  }
});
