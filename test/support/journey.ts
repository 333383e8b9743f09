import type { Browser } from 'playwright';
import { Caller } from './caller.ts';
import { FakeSlack } from './counterparts/slack.ts';
import { Person, openBrowser } from './person.ts';
import { Whole } from './whole.ts';
import { test as world } from './world.ts';

/** Everybody's, unless a journey is about passwords. */
export const PASSWORD = 'correct horse battery staple';
/** For what crosses several processes. */
export const SLOW = { timeout: 20_000 };

/** Sets an installation up as Ana Ruiz of Northwind, its first superadmin. @returns her, signed in, as far as HTTP goes. */
export async function setUp(product: Whole): Promise<Caller> {
  const ana = new Caller(product.url);
  const [, token = ''] = (await product.setupLink()).split('#');
  const names = { firstName: 'Ana', lastName: 'Ruiz', email: 'ana@northwind.example', username: 'ana' };
  await ana.call('POST /setup', { body: { token, organisation: 'Northwind', timeZone: 'Europe/Stockholm', ...names, password: PASSWORD } });
  return ana;
}

/** On the sign-in page, wherever it leads. */
export async function giveCredentials({ page }: Person, login: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Username or email').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Goes to the sign-in page and through it to the dashboard. */
export async function signIn(person: Person, login: string): Promise<Person> {
  await person.goto('/sign-in');
  await giveCredentials(person, login);
  await person.page.waitForURL('**/dashboard');
  return person;
}

/**
 * What a journey may ask for beside, each made when first asked for and taken away after the file: `slack`, one to send to; `settings`, the product's
 * environment beyond data of its own, to be replaced by what a journey needs; `product`, the whole of it, listening;
 * `browser`; `api`, the first superadmin of the installation that is set up thereby.
 */
export const test = world
  .extend('slack', { scope: 'file' }, async ({}, { onCleanup }) => {
    const slack = await new FakeSlack().start();
    onCleanup(() => slack.stop());
    return slack;
  })
  .extend('settings', { scope: 'file' }, ({ mailbox }): NodeJS.ProcessEnv => ({ SMTP_URL: mailbox.url }))
  .extend('product', { scope: 'file' }, async ({ settings }, { onCleanup }) => {
    const product = new Whole(settings);
    onCleanup(() => product.stop());
    return product.ready();
  })
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await openBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('api', { scope: 'file' }, ({ product }) => setUp(product));
