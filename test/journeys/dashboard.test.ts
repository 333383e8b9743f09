import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { Cable } from '../support/cable.ts';
import { Caller } from '../support/caller.ts';
import { dragByFinger, middleOf } from '../support/finger.ts';
import { Frames } from '../support/frames.ts';
import { SLOW, signIn, test as journey } from '../support/journey.ts';
import { callerOf, northwind } from '../support/northwind.ts';
import { Person } from '../support/person.ts';

const test = journey
  .extend('settings', { scope: 'file' }, (): NodeJS.ProcessEnv => ({}))
  .extend('api', { scope: 'file' }, ({ product }) => northwind(product, 'tomas', 'maya'))
  .extend('shop', { scope: 'file' }, async ({ product, api }) => {
    const { key } = await api.call('POST /api-keys', { body: { name: 'Shop', scopes: ['events.write'] } });
    return new Caller(product.url, key);
  })
  .extend('cable', { scope: 'file' }, async ({}, { onCleanup }) => {
    const cable = await new Cable().start();
    onCleanup(() => cable.stop());
    return cable;
  })
  /** Ana at her desk, and with a tablet that is touched. */
  .extend('desk', { scope: 'file' }, async ({ browser, product, api }) => {
    void api;
    return signIn(await Person.arrive(browser, product.url), 'ana');
  })
  .extend('tablet', { scope: 'file' }, async ({ browser, product, api }) => {
    void api;
    return signIn(await Person.arrive(browser, product.url, { width: 1180, touch: true, theme: 'dark' }), 'ana');
  })
  .extend('tomas', { scope: 'file' }, async ({ browser, product, api }) => {
    void api;
    const person = await Person.arrive(browser, product.url);
    const frames = Frames.of(person.page);
    return { person: await signIn(person, 'tomas'), frames };
  })
  .extend('maya', { scope: 'file' }, async ({ browser, product, api }) => {
    void api;
    const person = await Person.arrive(browser, product.url);
    const frames = Frames.of(person.page);
    return { person: await signIn(person, 'maya'), frames };
  });

/** The widgets on a dashboard, in the order of reading. */
const order = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('[data-widget]')].map(tile => tile.dataset.widget)`);
const follows = (person: Person, ids: string[]): Promise<void> => expect.poll(() => order(person.page), SLOW).toEqual(ids);
const tile = (person: Person, id: string) => person.page.locator(`[data-widget=${id}]`);
const grip = (person: Person, title: string) => person.page.getByRole('button', { name: `Move or resize ${title}` });

/** What each widget says, without its ages. */
const FIGURES = `Object.fromEntries([...document.querySelectorAll('[data-widget]')].map(tile => {
  const copy = (tile.querySelector('[role=group]') ?? tile).cloneNode(true);
  for (const age of copy.querySelectorAll('time, .stamp')) age.remove();
  return [tile.dataset.widget, copy.textContent.replaceAll(/for \\d+ \\w+/g, '')];
}))`;
const figures = (page: Page): Promise<Record<string, string>> => page.evaluate(FIGURES);

/** What those widgets say that do not say the same on all of these pages. */
async function differing(...pages: Page[]): Promise<string[][]> {
  const [first = {}, ...others] = await Promise.all(pages.map(figures));
  expect(Object.keys(first).length).toBeGreaterThan(15);
  const said = (id: string) => [first, ...others].map(page => page[id] ?? '');
  return Object.keys(first)
    .map(said)
    .filter(texts => new Set(texts).size > 1);
}

describe('the dashboard', () => {
  test('is arranged by keys and by mouse, and another machine of the same person follows', async ({ desk, tablet }) => {
    const { page } = desk;
    for (const person of [desk, tablet]) await person.widget('My notes').waitFor();
    const [first = '', second = '', ...rest] = await order(page);
    expect([first, second]).toEqual(['staff-online', 'needs-attention']);
    await page.keyboard.press('e');
    await grip(desk, 'Staff Online').focus();
    await page.keyboard.press('ArrowRight');
    await follows(tablet, [second, first, ...rest]);
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Move or resize Staff Online');
    const before = await tile(tablet, first).boundingBox();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(async () => Math.round(((await tile(tablet, first).boundingBox())?.width ?? 0) / (before?.width ?? 1)), SLOW).toBe(2);
    await page.keyboard.press('Delete');
    await follows(tablet, [second, ...rest]);

    await page.getByRole('button', { name: 'Add widgets' }).click();
    await page.getByRole('img', { name: 'Preview of Staff Online' }).getByText('Ana Ruiz').waitFor();
    await desk.shot('01-gallery');
    await page.getByRole('button', { name: 'Add Staff Online' }).click();
    await page.keyboard.press('Escape');
    await follows(tablet, [second, ...rest, first]);
    await page.keyboard.press('Control+z');
    await follows(tablet, [second, ...rest]);
    await page.keyboard.press('Control+z');
    await follows(tablet, [second, first, ...rest]);

    const [from, to] = [await middleOf(grip(desk, 'Staff Online')), await middleOf(tile(desk, second))];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 10 });
    await desk.shot('02-dragging');
    await page.mouse.up();
    await follows(tablet, [first, second, ...rest]);
    await page.getByRole('button', { name: 'Actions for Needs attention' }).click();
    await page.getByRole('menuitem', { name: 'Collapse' }).click();
    await expect.poll(() => tablet.widget('Needs attention').getByRole('group').count(), SLOW).toBe(0);
    await page.getByRole('button', { name: 'Done' }).click();
  });

  test('is arranged by a finger, as far as below the edge of the screen, and the desk follows', async ({ desk, tablet }) => {
    const { page } = tablet;
    await page.getByRole('button', { name: 'Edit layout' }).tap();
    await page.getByRole('button', { name: 'Reset to default' }).tap();
    await tile(desk, 'needs-attention').getByRole('group').waitFor();
    const [first = '', second = '', ...rest] = await order(page);
    await dragByFinger(page, await middleOf(grip(tablet, 'Staff Online')), await middleOf(tile(tablet, second)));
    await follows(desk, [second, first, ...rest]);

    const corner = tile(tablet, second).getByTitle('Resize Needs attention by dragging');
    const at = await middleOf(corner);
    await dragByFinger(page, at, { x: at.x + 300, y: at.y + 56 });
    await expect.poll(async () => (await tile(desk, second).boundingBox())?.width, SLOW).toBeGreaterThan(600);
    await tablet.shot('03-touched');

    const held = await middleOf(grip(tablet, 'Staff Online'));
    const height = page.viewportSize()?.height ?? 0;
    await dragByFinger(page, held, { x: held.x, y: height - 20 }, async () => (await order(page)).indexOf(first) > 3);
    await expect.poll(async () => (await order(desk.page)).indexOf(first), SLOW).toBeGreaterThan(3);
    // a finger on figures scrolls the page, and moves nothing
    const now = await order(page);
    const below = Number(await page.evaluate('scrollY'));
    await dragByFinger(page, { x: 600, y: 400 }, { x: 600, y: 700 });
    await expect.poll(async () => Number(await page.evaluate('scrollY')), SLOW).toBeLessThan(below);
    expect(await order(page)).toEqual(now);
    await page.getByRole('button', { name: 'Done' }).tap();
  });

  test('sends neither of two people a word of what the other alone may see', async ({ product, shop, tomas, maya }) => {
    const [support, sales] = [await callerOf(product, 'tomas'), await callerOf(product, 'maya')];
    for (const { person } of [tomas, maya]) await person.page.getByText(/^Live: /).waitFor();
    await shop.call('POST /events', {
      body: [
        { id: 'o-1', type: 'order.placed', facts: { order: 'O-1', client: 'Zebra Ltd', total: { amount: 77, currency: 'USD' } } },
        { id: 't-1', type: 'ticket.opened', facts: { ticket: 'T-OKAPI', subject: 'Okapi escaped', department: 'Support' } },
      ],
    });
    for (const [caller, word] of [
      [support, 'okapi'],
      [sales, 'zebra'],
    ] as const) {
      await caller.call('PUT /me/notes', { body: { version: 0, text: `Feed the ${word}` } });
      await caller.call('POST /todos', { body: { text: `Wash the ${word}` } });
    }
    for (const [{ person, frames }, own] of [
      [tomas, ['Okapi escaped', 'Feed the okapi', 'Wash the okapi', '"id":"tickets"']],
      [maya, ['Zebra Ltd', 'Feed the zebra', 'Wash the zebra', '"id":"orders"']],
    ] as const) {
      for (const words of own) await expect.poll(() => frames.holds(words), SLOW).toBe(true);
      expect(person.faults).toEqual([]);
    }
    for (const [{ frames }, caller, foreign] of [
      [tomas, support, /(Feed|Wash) the zebra/],
      [maya, sales, /okapi/i],
    ] as const) {
      expect(frames.all.filter(frame => foreign.test(frame))).toEqual([]);
      const mine = (await caller.call('GET /dashboard', { query: { all: 'yes' } })).widgets.map(({ id }) => id);
      expect(frames.widgets.filter(id => !mine.includes(id))).toEqual([]);
    }
    const [toTomas, toMaya] = [tomas, maya].map(({ frames }) => new Set(frames.said.map(([event]) => event)));
    expect([toTomas?.has('activity:added'), toMaya?.has('activity:added')]).toEqual([true, false]);
  });

  test('begins with what was published for one’s role, until one arranges one’s own', async ({ desk, tomas: { person: tomas }, api }) => {
    const { page } = desk;
    const before = await order(tomas.page);
    await api.call('PUT /dashboard/layout', {
      body: {
        version: (await api.call('GET /dashboard/layout')).version,
        shown: ['queues', 'activity', 'staff-online'].map(id => ({ id, columns: 1, rows: 6, collapsed: false })),
        hidden: before.filter(id => !['queues', 'activity', 'staff-online'].includes(id)),
      },
    });
    await page.getByRole('button', { name: 'Edit layout' }).click();
    await page.getByRole('button', { name: 'Publish as default…' }).click();
    await page.getByText('1 person uses the default').first().waitFor();
    await page.getByRole('button', { name: 'Publish for Support Operator' }).click();
    await page.getByText('Published for Support Operator.').waitFor();
    await follows(tomas, ['queues', 'activity', 'staff-online']);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Reset to default' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
  });

  test('closes up where a widget’s right is taken away', async ({ tomas: { person: tomas }, api }) => {
    const places = async (): Promise<[string, number, number][]> =>
      Promise.all(
        (await order(tomas.page)).map(async id => {
          const { x = 0, y = 0 } = (await tile(tomas, id).boundingBox()) ?? {};
          return [id, x, y];
        }),
      );
    const [queues, activity] = await places();
    const role = (await api.call('GET /roles')).items.find(({ name }) => name === 'Support Operator');
    const params = { id: role?.id ?? '' };
    const { version, permissions } = await api.call('GET /roles/:id', { params });
    await api.call('PATCH /roles/:id', { params, body: { version, permissions: permissions.filter(each => each !== 'queues.view') } });
    await follows(tomas, ['activity', 'staff-online']);
    const [[, x = 0] = []] = await places();
    expect([x, activity?.[0]]).toEqual([queues?.[1], 'activity']);
    await tomas.shot('04-closed-up');
  });

  test('whose cable is cut says so within 5 s, and then shows what a fresh one shows', async ({ browser, product, cable, desk, shop }) => {
    const away = await signIn(await Person.arrive(browser, product.url, { through: cable.address }), 'ana');
    const wall = await away.page.context().newPage();
    await wall.goto(`${product.url}/dashboard?kiosk`);
    for (const page of [away.page, wall]) await page.getByText(/^Live/).first().waitFor();
    away.outage = true;
    cable.cut();
    const cut = performance.now();
    await away.page.getByText('Live updates paused.').waitFor({ timeout: 6000 });
    console.log(`cut to banner: ${Math.round(performance.now() - cut)} ms`);
    await wall.getByText('Live updates paused.').waitFor();
    await expect.poll(() => away.page.locator('[data-widget] header time.stamp:not([data-stale])').count()).toBe(0);
    await away.shot('05-cut');

    const events = Array.from({ length: 200 }, (_, i) => ({ id: `c-${i}`, type: 'ticket.opened', facts: { ticket: `CUT-${i}` } }));
    await shop.call('POST /events', { body: events });
    await desk.widget('Activity').getByText('CUT-199').waitFor();
    const asked: string[] = [];
    away.page.on('requestfinished', request => void asked.push(new URL(request.url()).pathname));
    cable.mend();
    await away.page.getByText('Live updates paused.').waitFor({ state: 'detached', timeout: 30_000 });
    const fresh = await desk.page.context().newPage();
    await fresh.goto(`${product.url}/dashboard`);
    await fresh.getByText('CUT-199').first().waitFor();
    await expect.poll(() => differing(fresh, away.page, wall), SLOW).toEqual([]);
    expect(asked.filter(path => path === '/api/dashboard')).toHaveLength(1);
    const { activity: log = '' } = await figures(away.page);
    for (let i = 186; i < 200; i += 1) expect(log.split(`CUT-${i}`)).toHaveLength(2);

    expect(await wall.getByRole('navigation').count()).toBe(0);
    await wall.keyboard.press('Escape');
    await wall.getByRole('button', { name: 'Edit layout' }).waitFor();
    for (const person of [away, desk]) expect(person.faults).toEqual([]);
    await away.leave();
  });
});
