import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { ExtensionsFolder, widgetFile } from '../support/extensions.ts';
import { setUp, signIn, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';
import { Whole } from '../support/whole.ts';

const SLOW = { timeout: 60_000 };

/** A bank on this machine, which can be robbed. */
const test = journey
  .extend('bank', { scope: 'file' }, async ({}, { onCleanup }) => {
    const bank = { status: 200, place: '' };
    const server = createServer((_, response) => response.writeHead(bank.status).end('{"rate":11.5}'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    onCleanup(() => void server.close());
    bank.place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return bank;
  })
  .extend('folder', { scope: 'file' }, () => ExtensionsFolder.with({}))
  .extend('product', { scope: 'file' }, async ({ bank, folder }, { onCleanup }) => {
    const product = new Whole({ EXTENSIONS_DIR: folder.dir, ALLOWED_PRIVATE_HOSTS: bank.place }, '--dev');
    onCleanup(() => product.stop());
    return product.ready();
  })
  .extend('ana', { scope: 'file' }, async ({ browser, product }) => {
    await setUp(product);
    const ana = await signIn(await Person.arrive(browser, product.url), 'ana');
    await ana.widget('Queues').waitFor();
    return ana;
  });

/** How long something takes to be seen, in ms. */
async function timed(seen: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await seen;
  return Math.round(performance.now() - began);
}

describe('while somebody writes widgets', () => {
  test('a file that is saved is on the open dashboard within a second, and so is each change of it', SLOW, async ({ ana, folder }) => {
    const own = `needs: { label: 'View rates', effect: 'Sees what money is worth.' },`;
    await folder.save('rates.ts', widgetFile('rates', '() => ({ value: 11.5 })', own).replace(`needs: 'dashboard.view', `, ''));
    const first = await timed(ana.widget('Our rates').getByText('11.5').waitFor());
    await folder.save('rates.ts', widgetFile('rates', '() => ({ value: 12.5 })').replace('Our rates', 'Rates'));
    const second = await timed(ana.widget('Rates').getByText('12.5').waitFor());
    console.log(`dropped to drawn: ${first} ms; saved again: ${second} ms`);
    expect(Math.min(first, second)).toBeLessThan(1500);
    await ana.shot('extension-dropped');
  });

  test(
    'a source that dies leaves its last figures, dated and with the reason, and the others; healed, it comes back',
    SLOW,
    async ({ ana, bank, folder }) => {
      const load = `async ({ fetch }) => { const answer = await fetch('http://${bank.place}/'); if (!answer.ok) throw new Error('The bank answers ' + answer.status + '.'); return { value: (await answer.json()).rate, unit: 'a dollar' }; }`;
      await folder.save('bank.ts', widgetFile('bank', load).replace('60_000', '1000'));
      const widget = ana.widget('Our bank');
      await widget.getByText('a dollar').waitFor();
      bank.status = 503;
      await widget.getByText(/Last good figures/).waitFor();
      await expect(widget.getByText('11.5').isVisible()).resolves.toBe(true);
      await expect(
        ana
          .widget('Rates')
          .getByText(/Last good figures/)
          .isVisible(),
      ).resolves.toBe(false);
      await ana.shot('extension-failing');
      bank.status = 200;
      await widget.getByText(/Last good figures/).waitFor({ state: 'detached' });
    },
  );

  test('one replaces an included widget, and one that cannot be loaded says why', SLOW, async ({ ana, folder }) => {
    await folder.save('queues.ts', widgetFile('queues', '() => ({ value: 3 })'));
    await ana.widget('Our queues').waitFor();
    await expect(ana.widget('Queues').count()).resolves.toBe(0);
    await folder.save('slip.ts', widgetFile('slip', '() => ({ value: 3 })', 'colums: 2,'));
    const card = ana.widget('slip.ts');
    await card.getByRole('button', { name: 'Why?' }).click();
    await card.getByText(/“colums”: no such field/).waitFor();
    await ana.shot('extension-broken');
    const { page } = ana;
    await page.getByRole('button', { name: 'Edit layout' }).click();
    await page.getByRole('button', { name: 'Add widgets' }).click();
    const listed = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'slip.ts' });
    await listed.getByText(/^Failing since .*“colums”: no such field/).waitFor();
    await page.getByRole('dialog').getByText('From queues.ts, in the place of the included “Queues”.').waitFor();
    await ana.shot('extension-broken-in-gallery');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Done' }).click();
    await folder.remove('queues.ts');
    await ana.widget('Queues').waitFor();
    await folder.remove('slip.ts');
    await card.waitFor({ state: 'detached' });
  });

  test('the settings of one are reached from its menu, and what is saved there it is made anew with', SLOW, async ({ ana, folder }) => {
    const { page } = ana;
    const own = `settings: z.object({ word: z.string().default('none').meta({ title: 'Word' }) }),`;
    const load = '({ settings }) => ({ value: settings.word })';
    await folder.save('word.ts', widgetFile('word', load, own).replace('{ widget }', '{ widget, z }'));
    await ana.widget('Our word').getByText('none').waitFor();
    await page.getByRole('button', { name: 'Actions for Our word' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('dialog').getByLabel('Word').fill('pelican');
    await ana.shot('extension-settings');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect.poll(() => new URL(page.url()).search, SLOW).toBe('');
    await ana.goto('/dashboard');
    await ana.widget('Our word').getByText('pelican').waitFor();
    await page.getByRole('button', { name: 'Actions for Queues' }).click();
    await page.getByRole('menuitem', { name: 'Why this figure' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Settings' }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('to-dos and notes are the same in every window', SLOW, async ({ ana }) => {
    const other = await ana.page.context().newPage();
    await other.goto(ana.page.url());
    const [here, there] = [ana.page, other].map(page => page.getByRole('region', { name: 'To-do', exact: true }));
    await there?.getByText('Nothing is to be done.').waitFor();
    await here?.getByLabel('What is to be done').fill('Call the bank');
    await ana.page.keyboard.press('Enter');
    await there?.getByText('Call the bank').waitFor();
    await there?.getByRole('checkbox', { name: 'Done: Call the bank' }).click();
    await here?.getByText('Nothing is to be done.').waitFor();
    await other.getByRole('button', { name: 'Undo' }).click();
    await here?.getByText('Call the bank').waitFor();

    await ana.page.getByRole('textbox', { name: 'My notes' }).fill('The bank closes at five.');
    await ana.page.getByText('Saved', { exact: true }).waitFor();
    await expect.poll(() => other.getByRole('textbox', { name: 'My notes' }).inputValue(), SLOW).toBe('The bank closes at five.');
    await ana.shot('todo-and-notes');
    await other.close();

    await ana.goto('/todos');
    await ana.page.getByRole('button', { name: 'Actions for Call the bank' }).click();
    await ana.page.getByRole('menuitem', { name: 'Edit' }).click();
    await ana.page.getByLabel(/Due on/).fill('2026-01-15');
    await ana.page.getByRole('button', { name: 'Save to-do' }).click();
    await ana.page.getByText(/overdue since/).waitFor();
    await ana.goto('/dashboard');
    const attention = ana.widget('Needs attention').getByRole('listitem').filter({ hasText: 'Call the bank' });
    await attention.getByText('“Call the bank” is overdue').waitFor();
    await attention.getByRole('link', { name: 'Open' }).click();
    await expect.poll(() => ana.page.getByRole('dialog').getByLabel('What is to be done').inputValue(), SLOW).toBe('Call the bank');
    await ana.page.keyboard.press('Escape');
    await expect.poll(() => new URL(ana.page.url()).search, SLOW).toBe('');
    await ana.page.getByRole('checkbox', { name: 'Done: Call the bank' }).click();
    await ana.goto('/dashboard');
    await ana.widget('Needs attention').getByRole('group').waitFor();
    await expect.poll(() => attention.count(), SLOW).toBe(0);
    expect(ana.faults).toEqual([]);
  });
});
