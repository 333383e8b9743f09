import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { ApiProblem } from '#lib/problem.ts';
import Ask from './Ask.svelte';

const refused = new ApiProblem({
  type: 'about:blank',
  code: 'last_superadmin',
  title: 'There must always be one.',
  status: 409,
  requestId: 'r1',
});

describe('menus and questions, by keyboard alone', () => {
  test('a menu opens on its button, moves by arrows and letters, and gives the focus back on Escape', async () => {
    const screen = await render(Ask, { run: () => Promise.resolve() });
    const button = screen.getByRole('button', { name: 'Actions for Ana Ruiz' });
    await userEvent.keyboard('{Tab}');
    await expect.element(button).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(screen.getByRole('menuitem', { name: 'Edit' })).toHaveFocus();
    await userEvent.keyboard('d');
    await expect.element(screen.getByRole('menuitem', { name: 'Disable' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(button).toHaveFocus();
    await expect.element(button).toHaveAttribute('aria-expanded', 'false');
  });

  test('a question has the focus on the harmless answer, does nothing on Escape, and gives the focus back', async () => {
    const run = vi.fn(() => Promise.resolve());
    const screen = await render(Ask, { run });
    const ask = screen.getByRole('button', { name: 'Ask' });
    await ask.click();
    await expect.element(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(ask).toHaveFocus();
    expect(run).not.toHaveBeenCalled();
  });

  test('a refusal is said in the question, which stays open; the next try may succeed and closes it', async () => {
    const run = vi.fn<() => Promise<void>>().mockRejectedValueOnce(refused).mockResolvedValueOnce();
    const screen = await render(Ask, { run });
    await screen.getByRole('button', { name: 'Ask' }).click();
    const act = screen.getByRole('button', { name: 'Disable Ana' });
    await act.click();
    await expect.element(screen.getByText('There must always be one.')).toBeVisible();
    await act.click();
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    expect(run).toHaveBeenCalledTimes(2);
  });
});
