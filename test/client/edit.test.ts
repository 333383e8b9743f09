import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '../../client/src/app.css';
import Edit from '#lib/arranging/Edit.svelte';
import { board } from '#lib/board.svelte.ts';
import { signedIn } from './support/signed-in.ts';
import { statesOf } from './support/widget-states.ts';

const states = statesOf('number', Date.now()).filter(({ name }) => ['first use', 'fresh', 'stale'].includes(name));
const ids = () => board.places.map(({ id }) => id);

beforeEach(() => {
  signedIn(['dashboard.view']);
  board.take({
    widgets: states.map(({ widget }) => widget),
    layout: { shown: [], hidden: ['number-stale'], source: 'product', roles: [], version: board.layout.version },
    snapshots: states.flatMap(({ snapshot }) => snapshot ?? []),
  });
  vi.stubGlobal(
    'fetch',
    vi.fn((_: string, { body }: RequestInit) => {
      const sent = JSON.parse(typeof body === 'string' ? body : '{}') as { version?: number };
      return Promise.resolve(new Response(JSON.stringify({ ...board.layout, ...sent, version: (sent.version ?? 0) + 1 })));
    }),
  );
});
afterEach(async () => {
  vi.unstubAllGlobals();
  delete document.documentElement.dataset['theme'];
  await page.viewport(1366, 900);
});

test('arranging is clean to axe in both themes, on a desk and on a phone', async () => {
  const screen = await render(Edit, { explain: () => undefined, done: () => undefined });
  for (const [theme, width] of [
    ['light', 1366],
    ['dark', 390],
  ] as const) {
    document.documentElement.dataset['theme'] = theme;
    await page.viewport(width, 900);
    await expect
      .element(screen.getByRole('button', { name: width < 700 ? 'Move number, fresh up' : 'Move or resize number, fresh' }))
      .toBeVisible();
    const { violations } = await axe.run(screen.container, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    expect(violations.map(({ id, nodes }) => [id, theme, nodes.map(node => node.html)])).toEqual([]);
  }
});

test('keys move, resize and hide a widget, and say so; the focus stays with it', async () => {
  const screen = await render(Edit, { explain: () => undefined, done: () => undefined });
  const grip = screen.getByRole('button', { name: 'Move or resize number, fresh' });
  (grip.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(ids()).toEqual(['number-fresh', 'number-first-use']);
  await expect.element(screen.getByText('number, fresh is at place 1 of 2.')).toBeInTheDocument();
  await expect.element(grip).toHaveFocus();
  await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
  await expect.element(screen.getByText('number, fresh is 2 columns wide and 6 rows high.')).toBeInTheDocument();
  await userEvent.keyboard('{Delete}');
  expect(ids()).toEqual(['number-first-use']);
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(ids).toEqual(['number-fresh', 'number-first-use']);
});

test('the gallery shows what may be added as it looks now, and adds it', async () => {
  const screen = await render(Edit, { explain: () => undefined, done: () => undefined });
  await screen.getByRole('button', { name: 'Add widgets' }).click();
  const preview = screen.getByRole('img', { name: 'Preview of number, stale' });
  await expect.element(preview).toBeVisible();
  await expect.poll(() => preview.element().textContent).toContain('12');
  // Half faded in, nothing has its contrast yet.
  const dialog = screen.getByRole('dialog').element();
  await Promise.all(dialog.getAnimations().map(animation => animation.finished));
  const { violations } = await axe.run(screen.container, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([]);
  await screen.getByRole('button', { name: 'Add number, stale' }).click();
  expect(ids().at(-1)).toBe('number-stale');
});
