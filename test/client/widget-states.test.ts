import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import '../../client/src/app.css';
import { board } from '#lib/board.svelte.ts';
import { live } from '#lib/live.svelte.ts';
import { signedIn } from './support/signed-in.ts';
import States from './support/States.svelte';
import { LOADED, statesOf, type State } from './support/widget-states.ts';

const LOOKS = [
  { theme: 'light', width: 1366 },
  { theme: 'dark', width: 390 },
] as const;

/** Puts widgets on the board as the server would send them. */
function put(states: State[]) {
  board.take({
    widgets: states.map(({ widget }) => widget),
    layout: { shown: [], hidden: [], source: 'product', roles: [], version: 0 },
    snapshots: states.flatMap(({ snapshot }) => snapshot ?? []),
  });
}

beforeEach(() => {
  localStorage.clear();
  signedIn(['dashboard.view']);
});
afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

describe.for(LOADED)('every state of %s', view => {
  test('is told apart, reads well by ear, and fits a phone', async () => {
    const states = statesOf(view, Date.now());
    put(states);
    const screen = await render(States, { states });
    const region = (name: string) => screen.getByRole('region', { name: `${view}, ${name}`, exact: true });
    await expect.element(region('loading').getByText(`Loading ${view}, loading`)).toBeInTheDocument();
    await expect.element(region('fresh').getByText('now')).toBeVisible();
    await expect.element(region('stale').getByRole('img', { name: 'Older than it should be' })).toBeVisible();
    await expect.element(region('failing').getByText(/^Could not check\. Last good figures: /)).toBeVisible();
    await expect.element(region('never loaded').getByText(`Could not load ${view}, never loaded`)).toBeVisible();
    for (const { theme, width } of LOOKS) {
      document.documentElement.dataset['theme'] = theme;
      await page.viewport(width, 900);
      expect(document.documentElement.scrollWidth, `sideways at ${width}`).toBeLessThanOrEqual(width);
      // Rows beyond the first are no different to axe, which looks at each.
      const { violations } = await axe.run(
        { include: [screen.container], exclude: ['[aria-label$="10,000 rows"]'] },
        {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        },
      );
      expect(violations.map(({ id, nodes }) => [id, theme, nodes.map(node => node.html)])).toEqual([]);
      if (import.meta.env['VITE_SHOTS']) await page.screenshot({ path: `${String(import.meta.env['VITE_SHOTS'])}/${view}-${theme}.png` });
    }
  });
});

test('with the link down everything is stale, and the figures stay', async () => {
  const states = statesOf('number', Date.now()).filter(({ name }) => name === 'fresh');
  put(states);
  const screen = await render(States, { states });
  await expect.element(screen.getByText('12', { exact: true })).toBeVisible();
  live.state = 'down';
  try {
    await expect.element(screen.getByRole('img', { name: 'Older than it should be' })).toBeVisible();
    await expect.element(screen.getByText('12', { exact: true })).toBeVisible();
  } finally {
    live.state = 'connecting';
  }
});

test('one that cannot be drawn hurts only itself, and is drawn again with the next figures', async () => {
  const [list, number] = (['list', 'number'] as const).map(view => statesOf(view, Date.now()).find(({ name }) => name === 'fresh'));
  const states = [list, number].flatMap(state => state ?? []);
  put(states);
  const screen = await render(States, { states });
  const drawn = screen.getByText('Deliveries to Slack failed 1');
  await expect.element(drawn).toBeVisible();
  const item = { id: 'twice', text: 'Twice' };
  const next = (items: object[]) =>
    list?.snapshot && board.show([{ ...list.snapshot, version: list.snapshot.version + ++shown, data: { items, empty: '' } }]);
  let shown = 0;
  next([item, item]);
  await expect.element(screen.getByText('Could not load list, fresh')).toBeVisible();
  await expect.element(screen.getByText('12', { exact: true })).toBeVisible();
  next([item]);
  await expect.element(screen.getByText('Twice')).toBeVisible();
  expect(screen.container.textContent).not.toContain('Could not load');
});
