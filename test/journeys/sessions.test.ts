import { describe, expect } from 'vitest';
import type { SessionView } from '#contract/auth.ts';
import { SLOW, giveCredentials, setUp, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';
import { Whole } from '../support/whole.ts';

const NEXT = 'a longer horse, and more staples';

const test = journey
  .extend('product', { scope: 'file' }, async ({ settings }, { onCleanup }) => {
    const product = await new Whole(settings).ready();
    onCleanup(() => product.stop());
    await setUp(product);
    return product;
  })
  .extend('desk', { scope: 'file' }, async ({ browser, product }) => Person.arrive(browser, product.url))
  .extend('phone', { scope: 'file' }, async ({ browser, product }) => Person.arrive(browser, product.url, { width: 390, theme: 'dark' }));

describe('login sessions', () => {
  test('one ended elsewhere says so within a second, and gives back what was half typed there', async ({ desk, phone }) => {
    for (const person of [desk, phone]) {
      await person.goto('/sign-in?to=/account');
      await giveCredentials(person, 'ana');
      await person.page.getByLabel('First name').waitFor(SLOW);
    }
    await phone.page.getByLabel('First name').fill('Annabel');
    await desk.goto('/account/security');
    await desk.page.getByRole('button', { name: 'End all others' }).first().click();
    await desk.shot('01-end-all-others');
    await desk.page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
    await phone.page.getByText(/You ended this session from another device at \d\d:\d\d\./).waitFor(SLOW);
    await phone.shot('02-signed-out-on-the-phone');
    await giveCredentials(phone, 'ana');
    await expect.poll(() => phone.page.getByLabel('First name').inputValue(), SLOW).toBe('Annabel');
    await phone.shot('03-what-was-typed');
  });

  test('a forgotten password is set anew by mail, and every session ends', async ({ desk, phone, mailbox }) => {
    const { page } = phone;
    await phone.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('Username or email').fill('ana@northwind.example');
    await phone.shot('04-forgot');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('If that account exists, a link is on its way.').waitFor();
    await phone.shot('05-asked');
    await expect.poll(() => mailbox.mails.map(({ mail }) => mail.subject), SLOW).toContain('Choose a new password for Northwind');
    const link = /https?:\/\/\S+\/reset-password#\S+/.exec(mailbox.mails.at(-1)?.mail.text ?? '')?.[0] ?? '';
    await phone.goto(link);
    await page.getByLabel('New password', { exact: true }).fill(NEXT);
    await page.getByLabel('New password again').fill(NEXT);
    expect(page.url()).not.toContain('#');
    await phone.shot('06-choose');
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await page.getByText('Your new password is set').waitFor(SLOW);
    await desk.page.getByText('You were signed out because your password was set anew by a link').waitFor(SLOW);
    await desk.shot('07-signed-out-by-the-reset');
    await page.goto('about:blank'); // the link again, not another fragment of the page that is open
    await phone.goto(link);
    await page.getByText('This link cannot be used any more').waitFor(SLOW);
    await phone.shot('08-dead');
    await giveCredentials(desk, 'ana', NEXT);
    await desk.page.waitForURL(({ pathname }) => pathname !== '/sign-in', SLOW);
    await expect.poll(() => mailbox.mails.map(({ mail }) => mail.subject), SLOW).toContain('Your password was changed');
  });

  test('dangerous acts ask who it is, once, and go on', async ({ desk, product }) => {
    const { page } = desk;
    await product.tell(`update session set confirmed_at = now() - interval '11 minutes'`);
    const known = async () => (await (await page.request.get(`${product.url}/api/session`)).json()) as SessionView;
    await expect.poll(async () => Date.parse((await known()).session.confirmedUntil) < Date.now(), SLOW).toBe(true);
    await desk.goto('/staff/invite');
    await page.getByRole('dialog', { name: 'Confirm it is you' }).waitFor(SLOW);
    await desk.shot('09-confirm');
    await page.getByLabel('Your password').fill(NEXT);
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
    await expect.poll(() => page.getByRole('dialog').count(), SLOW).toBe(0);
  });

  test('two minutes before one ends by idling the page says so, however busy it was, and a touch goes on with it', async ({
    desk,
    phone,
    product,
  }) => {
    const { page } = phone;
    let byItself = 0;
    page.on('request', request => (byItself += Number(request.headers()['quarterdeck-by-itself'] ?? 0)));
    await phone.goto('/sign-in');
    await giveCredentials(phone, 'ana', NEXT);
    await phone.widget('Staff Online').waitFor(SLOW);
    await page.waitForLoadState('networkidle'); // what is answered after the leap would count from there
    await page.clock.install();
    phone.outage = true; // asleep for half an hour, the page takes its link for dead
    await page.clock.fastForward('28:30');
    const warning = page.getByText('Press any key to stay.');
    await warning.waitFor(SLOW);
    await expect.poll(() => byItself, SLOW).toBeGreaterThan(0);
    expect(await warning.isVisible()).toBe(true);
    await phone.shot('10-about-to-end');
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await expect.poll(() => warning.count(), SLOW).toBe(0);
    await phone.shot('11-stayed');
    await phone.goto('/dashboard?kiosk');
    await page.getByText(/^Signed in as .* until /).waitFor(SLOW);
    for (let part = 0; part < 4; part += 1) {
      const used = page.waitForResponse('**/api/session', SLOW);
      await page.clock.fastForward('09:00');
      expect((await used).request().headers()['quarterdeck-by-itself'], 'a wall is watched').toBeUndefined();
    }
    expect(await warning.count()).toBe(0);
    expect([...desk.faults, ...phone.faults]).toEqual([]);
    expect(product.output).not.toContain('"level":50');
  });
});
