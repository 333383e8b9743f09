import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import List from '#lib/widgets/views/List.svelte';
import Number from '#lib/widgets/views/Number.svelte';
import Progress from '#lib/widgets/views/Progress.svelte';
import Stats from '#lib/widgets/views/Stats.svelte';

test('a number that is not known says so, and zero is zero', async () => {
  const screen = await render(Number, { data: { value: null, unit: 'waiting' } });
  await expect.element(screen.getByText('unknown')).toBeVisible();
  await screen.rerender({ data: { value: 0, unit: 'waiting' } });
  await expect.element(screen.getByText('0', { exact: true })).toBeVisible();
  expect(screen.container.textContent).not.toContain('unknown');
});

test('every figure of a group is tied to its label', async () => {
  const items = [
    { label: 'Pending', value: 5 },
    { label: 'This year', value: 1203456, unit: 'USD', note: 'less refunds' },
  ];
  const screen = await render(Stats, { data: { groups: [{ label: 'Orders', items }] } });
  const definitions = screen
    .getByRole('definition')
    .elements()
    .map(element => element.textContent.replaceAll(/\s+/g, ' ').trim());
  expect(
    screen
      .getByRole('term')
      .elements()
      .map(element => element.textContent),
  ).toEqual(['Pending', 'This year']);
  expect(definitions).toEqual(['5', '1,203,456.00 USD', 'less refunds']);
});

test('a bar never leaves its frame, and of nothing it is none', async () => {
  const items = [
    { label: 'over', value: 130, of: 80 },
    { label: 'half', value: 40, of: 80 },
    { label: 'under', value: -5, of: 80 },
    { label: 'of nothing', value: 5, of: 0 },
  ];
  const screen = await render(Progress, { data: { items, empty: '' } });
  const widths = [...screen.container.querySelectorAll('svg')].map(svg => svg.querySelectorAll('rect')[1]?.getAttribute('width'));
  expect(widths).toEqual(['100', '50', '0', '0']);
});

test('a list of nothing says what would stand there', async () => {
  const screen = await render(Progress, { data: { items: [], empty: 'No disk is watched yet.' } });
  await expect.element(screen.getByText('No disk is watched yet.')).toBeVisible();
});

test('a log tells the time, and of what is longer ago than a day the day', async () => {
  const HOUR = 3_600_000;
  const items = [
    { id: 'a', who: 'Contoso', text: 'placed order 1', at: Date.now() - 23 * HOUR },
    { id: 'b', who: 'Acme', text: 'became a client', at: Date.now() - 25 * HOUR },
  ];
  const screen = await render(List, { data: { items, empty: '' } });
  const times = [...screen.container.querySelectorAll('time')].map(({ textContent }) => textContent);
  expect(times).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d$/), expect.stringMatching(/^\d{1,2} [A-Z][a-z]+$/)]);
});
