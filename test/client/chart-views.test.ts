import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import type { ViewData } from '#contract/widgets.ts';
import Bars from '#lib/widgets/views/Bars.svelte';
import Series from '#lib/widgets/views/Series.svelte';
import { signedIn } from './support/signed-in.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-25T10:00:00Z');
const hours = (values: (number | null)[]) => values.map((_, i) => START + i * HOUR);
const signIns: ViewData<'series'> = {
  kind: 'columns',
  ranges: [
    { id: '1h', at: [], series: [] },
    {
      id: '24h',
      at: hours([1, 2, 3]),
      series: [
        { label: 'Accepted', values: [4, null, 2] },
        { label: 'Refused', lamp: 'bad', values: [0, 3, 1] },
      ],
    },
  ],
  empty: 'Nobody has signed in.',
};

beforeEach(() => {
  localStorage.clear();
  signedIn();
});

test('a chart is named by what it shows, and is a table for whoever prefers that', async () => {
  const screen = await render(Series, { data: signIns, id: 'sign-ins', title: 'Sign-ins' });
  await expect
    .element(screen.getByRole('img'))
    .toHaveAccessibleName(
      'Sign-ins, last 24 hours: Accepted 6, most at 10:00 with 4; Refused 4, most at 11:00 with 3; unknown for part of that time.',
    );
  await screen.getByRole('button', { name: 'Table' }).click();
  expect(
    screen
      .getByRole('row')
      .elements()
      .map(row => [...row.children].map(cell => cell.textContent)),
  ).toEqual([
    ['Time', 'Accepted', 'Refused'],
    ['12:00', '2', '1'],
    ['11:00', 'unknown', '3'],
    ['10:00', '4', '0'],
  ]);
});

test('its values are read by the arrow keys, one moment after the other', async () => {
  const screen = await render(Series, { data: signIns, id: 'sign-ins', title: 'Sign-ins' });
  const walk = screen.getByRole('slider', { name: 'Sign-ins, value by value' });
  (walk.element() as HTMLInputElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(walk).toHaveAttribute('aria-valuetext', '11:00: Accepted unknown, Refused 3');
  await expect.element(screen.getByText('unknown')).toBeVisible();
});

test('how far back and how it is shown is kept for each person and widget', async () => {
  const show = () => render(Series, { data: signIns, id: 'sign-ins', title: 'Sign-ins' });
  const screen = await show();
  await screen.getByRole('button', { name: '1 h' }).click();
  await expect.element(screen.getByText('Nobody has signed in.')).toBeVisible();
  await screen.unmount();
  const again = await show();
  await expect.element(again.getByRole('button', { name: '1 h' })).toHaveAttribute('aria-pressed', 'true');
  await again.unmount();
  signedIn([], '01980000-0000-7000-8000-000000000002');
  await expect.element((await show()).getByRole('button', { name: '24 h' })).toHaveAttribute('aria-pressed', 'true');
});

test('a bar below zero hangs at the other side of the same zero, and what is unknown has none', async () => {
  const items = [
    { label: 'EUR', value: 30, href: '/activity' },
    { label: 'USD', value: -10 },
    { label: 'GBP', value: null },
  ];
  const screen = await render(Bars, { data: { unit: 'orders', ranges: [{ items }], empty: '' }, id: 'orders', title: 'Orders' });
  const bars = [...screen.container.querySelectorAll('svg')].map(svg => {
    const bar = svg.querySelectorAll('rect')[1];
    return bar && [bar.getAttribute('x'), bar.getAttribute('width')];
  });
  expect(bars).toEqual([['25', '75'], ['0', '25'], undefined]);
  await expect.element(screen.getByText('-10 orders')).toBeVisible();
  await expect.element(screen.getByText('unknown')).toBeVisible();
  await expect.element(screen.getByRole('link', { name: 'EUR' })).toBeVisible();
});
