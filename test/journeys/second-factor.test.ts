import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { CDPSession } from 'playwright';
import { describe, expect } from 'vitest';
import type { SessionView } from '#contract/auth.ts';
import { codeAt } from '#server/auth/second-factor/totp.ts';
import { Caller } from '../support/caller.ts';
import { PASSWORD, SLOW, giveCredentials, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';
import { Whole } from '../support/whole.ts';

const STEP = 30_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a server that listens on a port
  server.close();
  await once(server, 'close');
  return port;
}

const test = journey
  // passkeys belong to a host name: browsers make none for 127.0.0.1
  .extend('settings', { scope: 'file' }, async (): Promise<NodeJS.ProcessEnv> => {
    const port = String(await freePort());
    return { PORT: port, BASE_URL: `http://localhost:${port}` };
  })
  .extend('ana', { scope: 'file' }, async ({ browser, product }) => Person.arrive(browser, product.url))
  .extend('kept', { scope: 'file' }, () => ({ secret: '', step: 0, codes: [] as string[] }));

/** A key that answers by itself, as if its owner touched it, until it is told not to: Chromium's virtual authenticator. */
async function plugIn({ page }: Person): Promise<{ touch: (itself: boolean) => Promise<void>; devtools: CDPSession }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const touch = async (enabled: boolean): Promise<void> => {
    await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  };
  return { touch, devtools };
}

/** A code that was not used yet: each belongs to a step of its own. */
async function nextCode(kept: { secret: string; step: number }): Promise<string> {
  const current = () => Math.floor(Date.now() / STEP);
  await expect.poll(current, { timeout: 2 * STEP, interval: 500 }).toBeGreaterThanOrEqual(kept.step);
  kept.step = Math.max(current(), kept.step) + 1;
  return codeAt(kept.secret, new Date((kept.step - 1) * STEP));
}

async function signOut({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: /account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
}

/** Lets the last proof of who it is grow old, and opens a page that leads to a dangerous act. */
async function inviteLater(ana: Person, product: Whole): Promise<void> {
  const known = async () => (await (await ana.page.request.get(`${product.url}/api/session`)).json()) as SessionView;
  const { session } = await known();
  await product.tell(`update session set confirmed_at = now() - interval '11 minutes' where id = '${session.id}'`);
  await expect.poll(async () => Date.parse((await known()).session.confirmedUntil) < Date.now(), SLOW).toBe(true);
  await ana.goto('/staff/invite');
  await ana.page.getByRole('dialog', { name: 'Confirm it is you' }).waitFor(SLOW);
}

/** Nobody has to scroll sideways on a phone. */
const fits = async ({ page }: Person): Promise<boolean> =>
  Number(await page.evaluate('document.documentElement.scrollWidth')) <= (page.viewportSize()?.width ?? 0);

describe('a second factor', () => {
  test('is set up with the first account: an app, and ten codes that are saved', async ({ ana, product, kept }) => {
    const { page } = ana;
    await ana.goto(await product.setupLink());
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('First name').fill('Ana');
    await page.getByLabel('Last name').fill('Ruiz');
    await page.getByLabel('Email').fill('ana@northwind.example');
    await page.getByLabel('Username').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Password again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Name of the organisation').fill('Northwind');
    await page.getByRole('button', { name: 'Create the account and close set-up' }).click();
    await page.getByRole('button', { name: 'Later, within 7 days' }).waitFor();
    await ana.shot('sf-01-setup');
    await page.getByRole('button', { name: 'Authenticator app' }).click();
    const secret = page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    await secret.waitFor();
    await ana.shot('sf-02-app');
    kept.secret = ((await secret.textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Code that the app shows').fill(await nextCode(kept));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    kept.codes = await page
      .getByRole('listitem')
      .filter({ hasText: /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/ })
      .allTextContents();
    expect(kept.codes).toHaveLength(10);
    await ana.shot('sf-03-codes');
    const go = page.getByRole('button', { name: 'Continue' });
    expect(await go.isDisabled()).toBe(true);
    await page.getByLabel('I saved them').check();
    await go.click();
    await page.getByRole('button', { name: 'Skip for now' }).click();
    await page.getByText('Northwind is set up').waitFor();
  });

  test('is asked for after the password, and a code leads where one was going', async ({ ana, kept }) => {
    const { page } = ana;
    await ana.goto('/dashboard');
    await signOut(ana);
    await ana.goto('/activity');
    await giveCredentials(ana, 'ana');
    await page.getByLabel('6-digit code').waitFor();
    await ana.shot('sf-04-verify');
    await page.getByLabel('6-digit code').fill('000000');
    await page.getByText('4 tries are left').waitFor();
    await ana.shot('sf-05-wrong');
    await ana.goto('/dashboard');
    await page.getByLabel('6-digit code').fill(await nextCode(kept));
    await ana.widget('Staff Online').getByText('Ana Ruiz').waitFor();
  });

  test('a recovery code does as well, once', async ({ ana, kept, product }) => {
    const { page } = ana;
    await signOut(ana);
    await giveCredentials(ana, 'ana');
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(kept.codes[0]?.toLowerCase() ?? '');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await ana.widget('Staff Online').getByText('Ana Ruiz').waitFor();
    const other = new Caller(product.url);
    await other.call('POST /session', { body: { login: 'ana', password: PASSWORD } });
    const again = { body: { proof: { by: 'recovery', code: kept.codes[0] ?? '' } } } as const;
    expect(await other.codeOf('POST /session/second-factor', again)).toBe('wrong_code');
  });

  test('on a phone in the dark the same pages fit, and a code of the app confirms who it is', async ({ browser, product, kept }) => {
    const phone = await Person.arrive(browser, product.url, { width: 390, theme: 'dark' });
    const { page } = phone;
    await phone.goto('/sign-in');
    await giveCredentials(phone, 'ana');
    await page.getByLabel('6-digit code').waitFor();
    expect(await fits(phone)).toBe(true);
    await phone.shot('sf-dark-verify');
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(kept.codes[1] ?? '');
    await phone.shot('sf-dark-recovery');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await phone.widget('Staff Online').waitFor(SLOW);
    await phone.goto('/account/security');
    await page.getByText('8 of 10 left').waitFor();
    expect(await fits(phone)).toBe(true);
    await phone.stretch();
    await phone.shot('sf-dark-security');
    await inviteLater(phone, product);
    await page.getByRole('button', { name: 'Use the app' }).click();
    expect(await fits(phone)).toBe(true);
    await phone.shot('sf-dark-confirm');
    await product.tell('update totp set last_step = 0'); // as if the codes before were of another minute
    kept.step = 0;
    await page.keyboard.type(await nextCode(kept)); // the field has the focus
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('dialog').count(), SLOW).toBe(0);
    expect(phone.faults).toEqual([]);
    await phone.leave();
  });

  test('a passkey is added and then signs in as the only step', async ({ ana, product }) => {
    const { page } = ana;
    const { touch, devtools } = await plugIn(ana);
    await ana.goto('/account/security');
    await page.getByText('8 of 10 left').waitFor();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Blue key');
    await page.getByRole('button', { name: 'Add passkey' }).click();
    await page.getByRole('button', { name: 'Rename Blue key' }).waitFor();
    await ana.shot('sf-06-security');
    await inviteLater(ana, product);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect.poll(() => page.getByRole('dialog').count(), SLOW).toBe(0);
    await page.getByRole('heading', { name: 'Invite' }).first().waitFor();
    // else the key would answer at once what the browser offers beside usernames
    await touch(false);
    const OPTIONS = '**/api/session/passkey/options';
    const offered = page.waitForResponse(OPTIONS);
    await signOut(ana);
    await offered;
    await ana.shot('sf-07-sign-in');
    // between the click and the question to the key: one that is asked already does not notice that its owner touches it now
    await page.route(OPTIONS, async route => {
      await touch(true);
      await route.continue();
    });
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await ana.widget('Staff Online').getByText('Ana Ruiz').waitFor(SLOW);
    await ana.goto('/account/security');
    await page.getByText(/last used/).waitFor();
    await page.getByRole('button', { name: 'Remove the app' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the app' }).click();
    await page.getByText('The last one cannot be removed').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
    await devtools.detach();
    expect(ana.faults).toEqual([]);
  });
});
