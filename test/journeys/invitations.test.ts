import { expect } from 'vitest';
import { Caller } from '../support/caller.ts';
import { englishReader } from '../support/english.ts';
import { PASSWORD, SLOW, signIn, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';

const linkIn = (text = ''): string => /http:\/\/\S+\/invitation#[\w-]+/.exec(text)?.[0] ?? '';

const test = journey
  .extend('englishOn', { scope: 'file' }, () => englishReader())
  .extend('api', { scope: 'file' }, async ({ product }) => {
    const api = new Caller(product.url);
    await api.call('POST /session', { body: { login: 'ana', password: PASSWORD } });
    // the others of this journey find her reading English
    const { version } = (await api.call('GET /session')).me;
    await api.call('PATCH /me', { body: { version, language: null } });
    for (const name of ['Support', 'Sales']) await api.call('POST /departments', { body: { name } });
    return api;
  })
  .extend('ana', { scope: 'file' }, async ({ browser, product, api }) => {
    void api;
    return signIn(await Person.arrive(browser, product.url), 'ana');
  });

test('whoever reads German sets up without a word of English, and goes on so where the organisation speaks English', async ({
  browser,
  product,
  englishOn,
}) => {
  const ana = await Person.arrive(browser, product.url, { locale: 'de-DE', width: 390 });
  const { page } = ana;
  const passes = async (step: string, seen: string) => {
    await page.getByText(seen).first().waitFor();
    await page.waitForLoadState('networkidle');
    await ana.shot(`german-setup-${step}`);
    expect(await englishOn(page), step).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), step).toBeLessThanOrEqual(0);
  };
  const go = (name: string) => page.getByRole('button', { name }).click();
  await ana.goto(await product.setupLink());
  await passes('checks', 'PostgreSQL');
  await go('Weiter');
  await passes('you', 'Das erste Konto.');
  for (const [field, text] of [
    ['Vorname', 'Ana'],
    ['Nachname', 'Ruiz'],
    ['E-Mail', 'ana@northwind.example'],
    ['Benutzername', 'ana'],
    ['Passwort', PASSWORD],
    ['Passwort noch einmal', PASSWORD],
  ] as const)
    await page.getByLabel(field, { exact: true }).fill(text);
  await go('Weiter');
  await page.getByLabel('Name der Organisation').fill('Northwind');
  expect(await page.getByLabel('Sprache').inputValue()).toBe('de');
  await page.getByLabel('Sprache').selectOption('en');
  await passes('organisation', 'Steht auf der Anmeldeseite');
  await go('Konto anlegen und Einrichtung abschließen');
  await passes('factor', 'Das erste Konto darf alles');
  await go('Später, binnen 7 Tagen');
  await passes('mail', 'Einladungen und Mitteilungen gehen per Mail hinaus');
  await go('Vorerst überspringen');
  await passes('done', 'Northwind ist eingerichtet');
  await page.getByRole('link', { name: 'Dashboard öffnen' }).click();
  await passes('dashboard', 'Anwesende');
  expect(ana.faults).toEqual([]);
  await ana.leave();
});

test('a pasted list is previewed and sent, and each address has its own result', async ({ ana, mailbox }) => {
  const { page } = ana;
  mailbox.faults.push({ stage: 'recipient', code: 550, words: '5.1.1 no such mailbox here' });
  await ana.goto('/staff/invite');
  await page.getByLabel('Email addresses').fill('Sam Ito <sam@northwind.example>; lee@northwind.example\nnobody, ana@northwind.example');
  await page.getByRole('checkbox', { name: /Support Operator/ }).check();
  await page
    .getByRole('checkbox', { name: /^Support/ })
    .last()
    .check();
  await page.getByLabel('Personal note').fill('Welcome aboard');
  await ana.shot('invite');
  await page.getByRole('button', { name: 'Preview the mail' }).click();
  const frame = page.frameLocator('iframe[title="The mail as laid out"]');
  await frame.getByText('Ana Ruiz writes: Welcome aboard').waitFor();
  await ana.shot('invite-preview');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Invite 4 people' }).click();
  await page.getByRole('heading', { name: '2 of 4 invited' }).waitFor();
  await page.getByText('There is no email address in it.').waitFor();
  await page.getByText('This address belongs to an admin already.').waitFor();
  await page.getByText('no such mailbox here').first().waitFor();
  // the one that arrived, and word to the inviter of the one that did not
  const subjectsFor = (who: string) => mailbox.mails.filter(({ to }) => to.includes(who)).map(({ mail }) => mail.subject);
  await expect
    .poll(() => [...subjectsFor('sam@northwind.example'), ...subjectsFor('lee@northwind.example')], SLOW)
    .toEqual([expect.stringContaining('invited')]);
  await expect.poll(() => subjectsFor('ana@northwind.example'), SLOW).toHaveLength(1);
  await ana.shot('invite-results');
});

test('an invitation is edited, accepted by a link of its own, and lands with what to do first', async ({
  ana,
  browser,
  product,
  mailbox,
  api,
  englishOn,
}) => {
  const { page } = ana;
  await ana.goto('/staff?tab=invited');
  const received = mailbox.mails.find(({ mail }) => mail.subject?.includes('invited'));
  const address = received?.to[0] ?? '';
  await page.getByRole('link', { name: address }).click();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Fixed username').fill('newcomer');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/username: none → newcomer/).waitFor();
  await ana.shot('invitation');

  const link = linkIn(received?.mail.text);
  await ana.goto(link);
  await page.getByText('You are signed in as Ana Ruiz.').waitFor();
  await ana.shot('signed-in-as-somebody-else');
  await page.getByRole('link', { name: 'Go on as Ana Ruiz' }).click();
  await ana.widget('Staff Online').waitFor();

  const reader = await Person.arrive(browser, product.url, { locale: 'de-AT' });
  await reader.goto(`${link}x`);
  await reader.page.getByText('Dieser Link führt nirgendwohin').waitFor();
  // the whole link, over the one that was cut short: the address changes by its fragment alone
  await reader.goto(link);
  await reader.page.getByRole('button', { name: 'Konto anlegen' }).waitFor();
  await reader.shot('accept-german');
  expect(await englishOn(reader.page)).toEqual([]);
  expect(reader.faults).toEqual([]);
  await reader.leave();

  const newcomer = await Person.arrive(browser, product.url, { theme: 'dark', width: 390 });
  await newcomer.goto(link);
  await newcomer.page.getByText('department: Support').waitFor();
  expect(await newcomer.page.getByLabel('Username').inputValue()).toBe('newcomer');
  await newcomer.page.getByLabel('First name').fill('Sam');
  await newcomer.page.getByLabel('Last name').fill('Ito');
  await newcomer.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await newcomer.page.getByLabel('Password again').fill(PASSWORD);
  await newcomer.shot('accept');
  await newcomer.page.getByRole('button', { name: 'Create Account' }).click();
  await newcomer.page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  await newcomer.page.getByRole('link', { name: 'Choose a photo' }).waitFor();
  await newcomer.shot('accepted');
  await newcomer.page.getByRole('button', { name: 'Put this away' }).click();
  await expect.poll(() => newcomer.page.getByRole('link', { name: 'Choose a photo' }).count(), SLOW).toBe(0);
  const [{ members = 0 } = {}] = (await api.call('GET /departments')).items;
  expect(members).toBe(1);
  expect(newcomer.faults).toEqual([]);
  await newcomer.leave();
});

test('whoever holds a dead link asks for a new one, which stands in Needs attention until it is resent', async ({
  ana,
  browser,
  product,
  api,
}) => {
  const { page } = ana;
  const [open] = (await api.call('GET /invitations')).items;
  const id = open?.id ?? '';
  const { link } = await api.call('POST /invitations/:id/link', { params: { id } });
  await api.call('POST /invitations/:id/resend', { params: { id } });
  const holder = await Person.arrive(browser, product.url);
  await holder.goto(link);
  await holder.page.getByRole('button', { name: 'Ask for a new link' }).click();
  await holder.page.getByText('Ana Ruiz has been told.').waitFor();
  await holder.shot('asked');
  expect(holder.faults).toEqual([]);
  await holder.leave();

  await ana.goto('/dashboard');
  await ana.widget('Needs attention').getByText('A new invitation link is asked for').waitFor();
  await ana.shot('needs-attention');
  await api.call('POST /invitations/:id/resend', { params: { id } });
  await expect.poll(() => ana.widget('Needs attention').getByText('A new invitation link is asked for').count(), SLOW).toBe(0);
  await ana.goto('/staff?tab=invited');
  await page.getByRole('checkbox', { name: `Select ${open?.email ?? ''}` }).check();
  await ana.shot('invited');
  await page.getByRole('button', { name: 'Revoke (1)' }).click();
  await page.getByRole('button', { name: 'Revoke 1 invitation' }).click();
  await page.getByText('1 revoked').waitFor();
  expect(ana.faults).toEqual([]);
});
