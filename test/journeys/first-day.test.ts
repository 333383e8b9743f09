import { describe, expect, onTestFinished } from 'vitest';
import { Caller } from '../support/caller.ts';
import { TOKEN } from '../support/counterparts/slack.ts';
import { PASSWORD, SLOW, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';
import { descendants } from '../support/processes.ts';

const test = journey
  .extend('settings', { scope: 'file' }, ({ mailbox, slack }): NodeJS.ProcessEnv => ({ SMTP_URL: mailbox.url, SLACK_API_URL: slack.api }))
  .extend('ana', { scope: 'file' }, async ({ browser, product }) => Person.arrive(browser, product.url))
  .extend('sam', { scope: 'file' }, async ({ browser, product }) => Person.arrive(browser, product.url, { theme: 'dark' }))
  .extend('api', { scope: 'file' }, async ({ product }) => {
    const api = new Caller(product.url);
    await api.call('POST /session', { body: { login: 'ana', password: PASSWORD } });
    return api;
  });

describe('the first day', () => {
  test('begins with the link the server printed, and ends on the dashboard', async ({ ana, product }) => {
    const { page } = ana;
    await ana.goto(await product.setupLink());
    await page.getByText('PostgreSQL').waitFor();
    await expect.poll(() => page.url(), SLOW).not.toContain('#');
    await ana.shot('01-setup-checks');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('First name').fill('Ana');
    await page.getByLabel('Last name').fill('Ruiz');
    await page.getByLabel('Email').fill('ana@northwind.example');
    await page.getByLabel('Username').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Password again').fill(PASSWORD);
    await ana.shot('02-setup-you');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Name of the organisation').fill('Northwind');
    await page.getByRole('button', { name: 'Create the account and close set-up' }).click();
    await page.getByRole('button', { name: 'Later, within 7 days' }).click();
    await page.getByRole('button', { name: 'Skip for now' }).click();
    await page.getByText('Northwind is set up').waitFor();
    await ana.shot('03-setup-done');
    await ana.goto('/dashboard');
    await ana.widget('Staff Online').getByText('Ana Ruiz').waitFor();
    await ana.shot('04-dashboard');
    const late = new Caller(product.url);
    expect(await late.call('GET /front')).toMatchObject({ organisation: 'Northwind', setUp: true });
  });

  test('an invitation goes through a real mail server to a new account that both see online', async ({ ana, sam, mailbox }) => {
    const { page } = ana;
    await ana.goto('/staff/invite');
    await page.getByLabel('Email address').fill('sam.ito@northwind.example');
    await page.getByRole('checkbox', { name: 'Support Operator' }).check();
    await page.getByLabel('Note').fill('Welcome aboard');
    await page.getByRole('button', { name: 'Send invitation' }).click();
    await page.getByRole('heading', { name: 'Invitation sent' }).waitFor();
    await expect.poll(() => mailbox.mails.length, SLOW).toBe(1);
    await expect.poll(() => page.getByText(/^sent/i).count(), SLOW).toBeGreaterThan(0);
    await ana.shot('05-invited');
    const [mail] = mailbox.mails;
    expect(mail?.mail.subject).toBe('You’ve been invited to use Northwind'.replace('’', "'"));
    expect(mail?.to).toEqual(['sam.ito@northwind.example']);
    const link = /http:\/\/\S+\/invitation#[\w-]+/.exec(mail?.mail.text ?? '')?.[0] ?? '';
    expect(mail?.mail.html).toContain(link);
    await ana.goto('/dashboard');
    await ana.widget('Staff Online').getByText('Ana Ruiz').waitFor();

    await sam.goto(link);
    await sam.page.getByText('Ana Ruiz').first().waitFor();
    await expect.poll(() => sam.page.url(), SLOW).not.toContain('#');
    await sam.page.getByLabel('Username').fill('ANA');
    await sam.page.getByLabel('First name').fill('Sam');
    await sam.page.getByText('This username is taken.').waitFor();
    await sam.page.getByLabel('Last name').fill('Ito');
    await sam.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await sam.page.getByLabel('Password again').fill(PASSWORD);
    await sam.page.getByRole('button', { name: 'Create Account' }).click();
    await sam.page.getByText(/taken/i).first().waitFor();
    await sam.shot('06-username-taken');
    await sam.page.getByLabel('Username').fill('sam');
    await sam.page.getByRole('button', { name: 'Create Account' }).click();
    await sam.widget('Staff Online').getByText('Ana Ruiz').waitFor();
    await ana.widget('Staff Online').getByText('Sam Ito').waitFor();
    await sam.shot('07-dashboard-of-sam');
  });

  test('what a role does not grant is neither shown nor sent', async ({ ana, sam, api }) => {
    const { items } = await api.call('GET /roles');
    expect(items.map(({ name }) => name).toSorted()).toEqual(['Full Administrator', 'Sales Operator', 'Support Operator']);
    expect(await sam.page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
    expect(await sam.widget('System health').count()).toBe(0);
    expect(await ana.widget('System health').count()).toBe(1);
    await sam.goto('/settings/api-keys');
    await sam.page.getByText('keys.view').waitFor();
    await sam.shot('08-denied');
    await sam.goto('/dashboard');
    await sam.widget('Staff Online').getByText('Ana Ruiz').waitFor();
  });

  test('a rule carries a matching event to Slack, and the log follows it live', async ({ ana, api, slack }) => {
    const { page } = ana;
    await ana.goto('/notifications/providers/slack');
    await page.getByLabel(/token/i).fill('xoxb-000000000000-not-the-token');
    await page.getByRole('button', { name: /activate/i }).click();
    await page
      .getByText(/invalid_auth/)
      .first()
      .waitFor();
    await ana.shot('09-slack-refuses');
    await page.getByLabel(/token/i).fill(TOKEN);
    await page.getByRole('button', { name: /activate/i }).click();
    await page
      .getByText(/active/i)
      .first()
      .waitFor();
    await expect
      .poll(async () => (await api.call('GET /notification-providers/:id', { params: { id: 'slack' } })).state, SLOW)
      .toBe('active');
    const channel = slack.channels[0]?.id ?? '';
    await api.call('POST /notification-rules', {
      body: {
        name: 'Urgent tickets',
        enabled: true,
        events: ['ticket.opened'],
        match: 'all',
        conditions: [{ field: 'priority', operator: 'is', value: 'high' }],
        targets: [{ provider: 'slack', target: { channel } }],
        text: null,
      },
    });
    await ana.goto('/notifications');
    await page
      .getByText(/priority/i)
      .first()
      .waitFor();
    await ana.shot('10-rules');
    await ana.goto('/notifications/log');
  });

  test('fifty events that a program posts move widgets in both browsers and reach Slack where the rule says so', async ({
    ana,
    sam,
    api,
    slack,
    product,
  }) => {
    const { key } = await api.call('POST /api-keys', { body: { name: 'Shop', scopes: ['events.write', 'events.read'] } });
    const shop = new Caller(product.url, key);
    const events = Array.from({ length: 50 }, (_, i) =>
      i % 2 === 0
        ? {
            id: `t-${i}`,
            type: 'ticket.opened',
            facts: { ticket: `T-${i}`, subject: `Ticket ${i}`, department: 'Support', priority: i === 20 ? 'high' : 'low' },
          }
        : {
            id: `o-${i}`,
            type: 'order.placed',
            facts: { order: `O-${i}`, client: 'Contoso', total: { amount: 10 * i, currency: i % 3 ? 'USD' : 'EUR' } },
          },
    );
    expect(await shop.call('POST /events', { body: events })).toEqual({ stored: 50, repeated: 0, refused: [] });
    expect(await shop.call('POST /events', { body: events })).toEqual({ stored: 0, repeated: 50, refused: [] });
    await expect.poll(() => slack.posts.length, SLOW).toBe(1);
    expect(slack.posts[0]?.text).toContain('T-20');
    await ana.page.getByText(/T-20/).first().waitFor();
    await ana.shot('11-delivery-log');
    await expect.poll(() => sam.widget('Overview').innerText(), SLOW).toMatch(/25\s*\n*\s*Opened today|Opened today\s*\n*\s*25/);
    await sam
      .widget('Activity')
      .getByText(/O-49|T-48/)
      .first()
      .waitFor();
    await sam.shot('12-dashboard-after-events');
    const stream = await shop.call('GET /events', { query: { after: 0, limit: 1000 } });
    expect(stream.items.map(({ seq }) => seq)).toEqual(stream.items.map((_, i) => i + 1));
    expect(stream.items.filter(({ type }) => type === 'ticket.opened')).toHaveLength(25);
  });

  test('after the server was killed both pages recover by themselves, with no ghost and nothing missed', async ({ ana, sam, product }) => {
    await ana.goto('/dashboard');
    await ana.widget('Staff Online').getByText('Sam Ito').waitFor();
    ana.outage = sam.outage = true;
    await product.crash();
    await ana.page.getByText('Live updates paused.').first().waitFor({ timeout: 6000 });
    await ana.shot('13-link-down');
    await product.again();
    await expect.poll(() => ana.page.getByText('Live updates paused.').count(), { timeout: 30_000 }).toBe(0);
    await expect.poll(() => sam.page.getByText('Live updates paused.').count(), { timeout: 30_000 }).toBe(0);
    ana.outage = sam.outage = false;
    for (const person of [ana, sam]) {
      await expect.poll(() => person.widget('Staff Online').getByRole('listitem').count(), SLOW).toBe(2);
      await person.widget('Staff Online').getByText('Sam Ito').waitFor();
      await person.widget('Staff Online').getByText('Ana Ruiz').waitFor();
    }
    const api = new Caller(product.url);
    await api.call('POST /session', { body: { login: 'ana', password: PASSWORD } });
    const { key } = await api.call('POST /api-keys', { body: { name: 'Later', scopes: ['events.write'] } });
    await new Caller(product.url, key).call('POST /events', { body: { id: 'after', type: 'ticket.opened', facts: { ticket: 'T-AFTER' } } });
    await ana
      .widget('Activity')
      .getByText(/T-AFTER/)
      .waitFor();
    await sam
      .widget('Activity')
      .getByText(/T-AFTER/)
      .waitFor();
  });

  test('while Redis stands still pages say so, nothing is lost, and then all is caught up', async ({ ana, product, api }) => {
    const redis = descendants(product.pid).find(({ command }) => command.includes('redis-server'));
    const { key } = await api.call('POST /api-keys', { body: { name: 'Frozen', scopes: ['events.write'] } });
    const shop = new Caller(product.url, key);
    process.kill(redis?.pid ?? 0, 'SIGSTOP');
    onTestFinished(() => void process.kill(redis?.pid ?? 0, 'SIGCONT')); // also when it failed, or nothing would stop
    for (let i = 0; i < 5; i += 1) {
      const facts = { order: `F-${i}`, total: { amount: 1, currency: 'USD' } };
      expect((await shop.call('POST /events', { body: { id: `frozen-${i}`, type: 'order.placed', facts } })).stored).toBe(1);
    }
    await ana.page.getByText('The server cannot reach Redis').waitFor({ timeout: 20_000 });
    await ana.shot('13-held');
    process.kill(redis?.pid ?? 0, 'SIGCONT');
    await ana.widget('Activity').getByText(/F-4/).waitFor();
    await expect.poll(() => ana.page.getByText('Live updates paused.').count(), SLOW).toBe(0);
    await ana.widget('Staff Online').getByText('Sam Ito').waitFor();
    expect(ana.faults).toEqual([]);
  });

  test('when Redis is killed it is brought again, and nothing is lost', async ({ ana, product, api }) => {
    const redis = descendants(product.pid).find(({ command }) => command.includes('redis-server'));
    const { key } = await api.call('POST /api-keys', { body: { name: 'Killed', scopes: ['events.write'] } });
    process.kill(redis?.pid ?? 0, 'SIGKILL');
    await new Caller(product.url, key).call('POST /events', {
      body: { id: 'killed', type: 'ticket.opened', facts: { ticket: 'T-KILLED' } },
    });
    await ana
      .widget('Activity')
      .getByText(/T-KILLED/)
      .waitFor();
    await ana.widget('Staff Online').getByText('Sam Ito').waitFor();
  });

  test('when PostgreSQL is killed requests are told to wait, and it goes on by itself', async ({ ana, sam, product, api }) => {
    const postgres = descendants(product.pid).find(({ command }) => command.includes('postgres -D'));
    const { key } = await api.call('POST /api-keys', { body: { name: 'Database', scopes: ['events.write'] } });
    const shop = new Caller(product.url, key);
    ana.outage = sam.outage = true;
    process.kill(postgres?.pid ?? 0, 'SIGKILL');
    const event = { id: 'through', type: 'ticket.opened', facts: { ticket: 'T-THROUGH' } };
    await expect.poll(() => shop.codeOf('POST /events', { body: event }), SLOW).toBe('ok');
    for (const { page } of [ana, sam]) {
      await expect.poll(() => page.getByText('Live updates paused.').count(), { timeout: 30_000 }).toBe(0);
      await page
        .getByRole('region', { name: 'Activity', exact: true })
        .getByText(/T-THROUGH/)
        .waitFor();
    }
    ana.outage = sam.outage = false;
  });

  test('wrong input is answered in words', async ({ browser, product }) => {
    const stranger = await Person.arrive(browser, product.url);
    await stranger.goto('/invitation#not-a-real-token');
    await stranger.page.getByText('This link does not lead anywhere.').waitFor();
    await stranger.shot('14-dead-link');
    await stranger.goto('/sign-in');
    await stranger.page.getByLabel('Username or email').fill('ana');
    await stranger.page.getByLabel('Password').fill('wrong horse');
    await stranger.page.getByRole('button', { name: 'Sign in' }).click();
    await stranger.page.getByText('do not match an active account').waitFor();
    await stranger.shot('15-wrong-password');
    expect(stranger.faults).toEqual([]);
    await stranger.leave();
  });

  test('on a phone the dashboard is one column and nothing scrolls sideways', async ({ browser, product }) => {
    const phone = await Person.arrive(browser, product.url, { width: 390 });
    await phone.goto('/sign-in');
    await phone.shot('16-phone-sign-in');
    await phone.page.getByLabel('Username or email').fill('sam');
    await phone.page.getByLabel('Password').fill(PASSWORD);
    await phone.page.getByRole('button', { name: 'Sign in' }).click();
    await phone.widget('Staff Online').waitFor();
    expect(await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await phone.shot('17-phone-dashboard');
    expect(phone.faults).toEqual([]);
    await phone.leave();
  });

  test('nothing went wrong in anybody’s page', ({ ana, sam }) => {
    expect(ana.faults).toEqual([]);
    expect(sam.faults).toEqual([]);
  });
});
