import { createRawSnippet } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Surface from '#lib/ui/Surface.svelte';

const text = (words: string) => createRawSnippet(() => ({ render: () => `<p>${words}</p>` }));
const figures = text('42 orders');
const failure = { cause: 'The server refused the connection.', code: 'ECONNREFUSED' };

describe('what a surface shows of its data', () => {
  test('before the first answer: neither the data nor an empty list, and after four seconds a word', async () => {
    vi.useFakeTimers();
    try {
      const screen = await render(Surface, { title: 'Orders', known: false, children: figures });
      await expect.element(screen.getByText('Loading Orders')).toBeInTheDocument();
      expect(screen.container.textContent).not.toContain('42 orders');
      expect(screen.container.textContent).not.toContain('Still loading');
      vi.advanceTimersByTime(4000);
      await expect.element(screen.getByText('Still loading')).toBeVisible();
    } finally {
      vi.useRealTimers();
    }
  });

  test('a failure keeps the last good figures, dated, with the cause behind a click and a way to try again', async () => {
    const retry = vi.fn();
    const at = new Date(2026, 10, 27, 13, 58, 2);
    const screen = await render(Surface, { title: 'Orders', known: true, at, failure, retry, children: figures });
    await expect.element(screen.getByText('42 orders')).toBeVisible();
    await expect.element(screen.getByText('Could not check. Last good figures: 13:58:02')).toBeVisible();
    await expect.element(screen.getByText(/refused the connection/)).not.toBeVisible();
    await screen.getByRole('button', { name: 'Why?' }).click();
    await expect.element(screen.getByText(/refused the connection/)).toBeVisible();
    await expect.element(screen.getByText('ECONNREFUSED')).toBeVisible();
    await screen.getByRole('button', { name: 'Try again' }).click();
    expect(retry).toHaveBeenCalledOnce();
  });

  test('what never loaded says so instead of looking empty', async () => {
    const screen = await render(Surface, { title: 'Orders', known: false, failure, children: figures });
    await expect.element(screen.getByText('Could not load Orders')).toBeVisible();
    expect(screen.container.textContent).not.toContain('42 orders');
    expect(screen.container.querySelector('.skeleton')).toBeNull();
  });

  test('refreshing blanks nothing', async () => {
    const screen = await render(Surface, { title: 'Orders', known: true, at: Date.now(), refreshing: true, children: figures });
    await expect.element(screen.getByText('42 orders')).toBeVisible();
    await expect.element(screen.getByText('refreshing')).toBeVisible();
    await expect.element(screen.getByRole('region', { name: 'Orders' })).toHaveAttribute('aria-busy', 'true');
  });

  test('stale is marked by a shape with a name, not by colour alone', async () => {
    const screen = await render(Surface, { title: 'Orders', known: true, at: Date.now() - 180_000, stale: true, children: figures });
    await expect.element(screen.getByText('3 min ago')).toBeVisible();
    await expect.element(screen.getByRole('img', { name: 'Older than it should be' })).toBeVisible();
  });

  test('denied names the permission, the roles that grant it and who can, and shows no data', async () => {
    const denied = {
      permission: 'queues.view',
      label: 'View queues',
      roles: ['Support Operator'],
      people: ['Ana Ruiz', 'Tomas Lindqvist'],
    };
    const screen = await render(Surface, { title: 'Queues', known: true, denied, children: figures });
    for (const words of ['queues.view', 'it needs View queues', 'Support Operator', 'Ana Ruiz or Tomas Lindqvist can give it to you.']) {
      await expect.element(screen.getByText(words, { exact: false })).toBeVisible();
    }
    expect(screen.container.textContent).not.toContain('42 orders');
  });

  test('filters that leave nothing are named and can be dropped; that is not the first-use state', async () => {
    const clear = vi.fn();
    const empty = text('No orders yet.');
    const screen = await render(Surface, {
      title: 'Orders',
      known: true,
      empty,
      filtered: { by: 'state: paid', clear },
      children: figures,
    });
    await expect.element(screen.getByText(/Nothing matches state: paid\./)).toBeVisible();
    expect(screen.container.textContent).not.toContain('No orders yet.');
    await screen.getByRole('button', { name: 'Clear filters' }).click();
    expect(clear).toHaveBeenCalledOnce();
  });
});
