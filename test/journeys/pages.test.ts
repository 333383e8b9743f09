import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'vitest';
import { Caller } from '../support/caller.ts';
import { inviteBy } from '../support/invite.ts';
import { PASSWORD, setUp, signIn, test as journey } from '../support/journey.ts';
import { englishReader } from '../support/english.ts';
import { Person } from '../support/person.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  id: string;
  nodes: { target: string[] }[];
}

const test = journey
  /** An organisation in which something has happened: the ids that pages are opened with. */
  .extend('ids', { scope: 'file' }, async ({ product }) => {
    const ana = await setUp(product);
    const { items: roles } = await ana.call('GET /roles');
    const role = roles.find(({ superadmin }) => !superadmin)?.id ?? '';
    const invitation = await inviteBy(ana, { email: 'sam.ito@northwind.example', roleIds: [role], note: 'Welcome aboard' });
    const rule = await ana.call('POST /notification-rules', {
      body: {
        name: 'Orders to sales',
        enabled: true,
        events: ['order.placed'],
        match: 'all',
        conditions: [
          { field: 'total.amount', operator: 'greater', value: 25 },
          {
            match: 'any',
            conditions: [
              { field: 'client', operator: 'is', value: 'Contoso' },
              { field: 'client', operator: 'contains', value: 'Initech' },
            ],
          },
        ],
        targets: [
          { provider: 'email', target: { address: 'sales@northwind.example' } },
          { provider: 'email', target: { address: 'desk@northwind.example' } },
        ],
        text: null,
      },
    });
    const { key } = await ana.call('POST /api-keys', { body: { name: 'Shop', scopes: ['events.write'] } });
    await new Caller(product.url, key).call('POST /events', {
      body: Array.from({ length: 30 }, (_, i) => ({
        id: `o-${i}`,
        type: 'order.placed',
        facts: { order: `O-${i}`, client: 'Contoso', total: { amount: 10 * i, currency: 'USD' } },
      })),
    });
    await expect
      .poll(async () => (await ana.call('GET /deliveries')).items.filter(({ state }) => state === 'sent').length, { timeout: 20_000 })
      .toBeGreaterThan(3);
    await ana.call('POST /hosts', { body: { name: 'Shop', target: 'https://shop.northwind.example/health' } });
    for (const [text, dueOn, shared] of [
      ['Renew the certificate of the shop', '2026-01-15', true],
      ['Ask Sam about the stock', null, false],
    ] as const)
      await ana.call('POST /todos', { body: { text, dueOn, shared } });
    const delivery = (await ana.call('GET /deliveries')).items[0]?.id ?? '';
    const department = (await ana.call('POST /departments', { body: { name: 'Support', description: 'Answers customers' } })).id;
    // as long as people write
    const wordy = 'Packs what was ordered and says when it will arrive, also on public holidays and in the week before Christmas';
    await ana.call('POST /departments', { body: { name: 'Logistics and warehousing', description: wordy } });
    await ana.call('POST /hosts', {
      body: { name: 'Database of the warehouse', target: 'https://warehouse.logistics.northwind.example/health' },
    });
    return { department, role, invitation: invitation.id, rule: rule.id, delivery, admin: (await ana.call('GET /session')).me.id };
  });

type Ids = { department: string; role: string; invitation: string; rule: string; delivery: string; admin: string };
const PAGES: [name: string, path: (ids: Ids) => string][] = [
  ['dashboard', () => '/dashboard'],
  ['todos', () => '/todos'],
  ['todos-done', () => '/todos?show=done'],
  ['queues', () => '/queues'],
  ['queue', () => '/queues/sweep-deliveries?state=completed'],
  ['staff', () => '/staff'],
  ['staff-invited', () => '/staff?tab=invited'],
  ['staff-disabled', () => '/staff?tab=disabled'],
  ['staff-one', ({ admin }) => `/staff/${admin}`],
  ['staff-access', ({ admin }) => `/staff/${admin}/access`],
  ['staff-activity', ({ admin }) => `/staff/${admin}/activity`],
  ['staff-disable', ({ admin }) => `/staff/${admin}/disable`],
  ['staff-new', () => '/staff/new'],
  ['staff-invite', () => '/staff/invite'],
  ['invitation', ({ invitation }) => `/staff/invitations/${invitation}`],
  ['roles', () => '/roles'],
  ['role', ({ role }) => `/roles/${role}`],
  ['role-new', ({ role }) => `/roles/new?from=${role}`],
  ['roles-compare', ({ role }) => `/roles/compare?ids=${role}`],
  ['rules', () => '/notifications'],
  ['rule', ({ rule }) => `/notifications/rules/${rule}`],
  ['rule-new', () => '/notifications/rules/new'],
  ['providers', () => '/notifications/providers'],
  ['provider-slack', () => '/notifications/providers/slack'],
  ['provider-email', () => '/notifications/providers/email'],
  ['log', () => '/notifications/log'],
  ['delivery', ({ delivery }) => `/notifications/log/${delivery}`],
  ['explain-message', ({ delivery }) => `/explain?what=delivery:${delivery}`],
  ['activity', () => '/activity'],
  ['account', () => '/account'],
  ['account-security', () => '/account/security'],
  ['account-notifications', () => '/account/notifications'],
  ['account-preferences', () => '/account/preferences'],
  ['departments', () => '/departments'],
  ['department', ({ department }) => `/departments/${department}`],
  ['settings', () => '/settings'],
  ['settings-mail', () => '/settings/mail/kept'],
  ['settings-network', () => '/settings/network'],
  ['settings-extensions', () => '/settings/extensions'],
  ['settings-keys', () => '/settings/api-keys'],
  ['api-docs', () => '/api/docs'],
  ['not-found', () => '/nothing-here'],
];
/** What a phone shows by itself of a page that is whole on a wider screen. */
const PHONE_PAGES: typeof PAGES = ['if', 'sendTo', 'say', 'but', 'save'].map(clause => [
  `rule-${clause}`,
  ({ rule }) => `/notifications/rules/${rule}?clause=${clause}`,
]);
const PUBLIC_PAGES: [name: string, path: string][] = [
  ['sign-in', '/sign-in'],
  ['setup-closed', '/setup'],
  ['invitation-dead', '/invitation#nothing'],
];

/** What is wrong with the page that is open, in words. */
async function flaws(person: Person): Promise<string[]> {
  await person.page.evaluate(axe);
  const { violations } = await person.page.evaluate<{ violations: Violation[] }>(`axe.run(document, { runOnly: ${JSON.stringify(TAGS)} })`);
  const sideways = Number(await person.page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  return [
    ...violations.map(({ id, nodes }) => `${id} ×${nodes.length} ${nodes[0]?.target.join(' ') ?? ''}`),
    ...(sideways > 0 ? [`scrolls sideways by ${sideways}`] : []),
  ];
}

// all at once, since each waits more than it works
for (const theme of ['light', 'dark'] as const) {
  for (const width of [1366, 390]) {
    test.concurrent(
      `every page in ${theme} at ${width} px has nothing that axe, the console or a thumb would object to`,
      { timeout: 300_000 },
      async ({ browser, product, ids }) => {
        const found: Record<string, string[]> = {};
        const person = await Person.arrive(browser, product.url, { width, theme });
        const look = async (name: string, path: string): Promise<void> => {
          await person.goto(path);
          await person.page.locator('h1').first().waitFor();
          await person.page.waitForLoadState('networkidle');
          // as tall as the page, since a target half under a phone’s bottom bar would count as too small
          if (width < 700) await person.stretch();
          await person.shot(`pages/${name}-${theme}-${width}`);
          const wrong = await flaws(person);
          if (wrong.length > 0) found[name] = wrong;
        };
        for (const [name, path] of PUBLIC_PAGES) await look(name, path);
        await person.goto('/sign-in');
        await person.page.getByLabel('Username or email').fill('ana');
        await person.page.getByLabel('Password').fill(PASSWORD);
        await person.page.getByRole('button', { name: 'Sign in' }).click();
        await person.page.waitForURL('**/dashboard');
        for (const [name, path] of width < 700 ? [...PAGES, ...PHONE_PAGES] : PAGES) await look(name, path(ids));
        expect(found).toEqual({});
        expect(person.faults).toEqual([]);
        await person.leave();
      },
    );
  }
}

test('every page in German says nothing in English, and fits a phone', { timeout: 300_000 }, async ({ browser, product, ids }) => {
  const englishOn = await englishReader();
  const found: Record<string, string[]> = {};
  const read = async (person: Person, name: string, path: string): Promise<void> => {
    await person.goto(path);
    await person.page.locator('h1').first().waitFor();
    await person.page.waitForLoadState('networkidle');
    expect(await person.page.locator('html').getAttribute('lang'), name).toBe('de');
    await person.stretch();
    await person.shot(`german/${name}`);
    const wrong = [...(await englishOn(person.page)), ...(await flaws(person))];
    if (wrong.length > 0) found[name] = [...new Set(wrong)];
  };
  const stranger = await Person.arrive(browser, product.url, { width: 390, locale: 'de-AT' });
  for (const [name, path] of PUBLIC_PAGES) await read(stranger, name, path);
  await stranger.leave();

  const person = await Person.arrive(browser, product.url, { width: 390 });
  await signIn(person, 'ana');
  await person.goto('/account/preferences');
  await person.page.getByLabel('Language').selectOption('de');
  await person.page.getByRole('heading', { name: 'Vorlieben' }).waitFor();
  for (const [name, path] of [...PAGES, ...PHONE_PAGES]) if (name !== 'api-docs') await read(person, name, path(ids));
  await person.goto('/account/preferences');
  await person.page.getByLabel('Sprache').selectOption('en');
  await person.page.getByRole('heading', { name: 'Preferences' }).waitFor();
  expect(found).toEqual({});
  expect(person.faults).toEqual([]);
  await person.leave();
});
