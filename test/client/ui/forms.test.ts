import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { FormSchema, FormValues } from '#lib/ui/json-schema.ts';
import Form from '#lib/ui/Form.svelte';
import NewPassword from '#lib/ui/NewPassword.svelte';

const schema: FormSchema = {
  required: ['host', 'channel'],
  properties: {
    host: { type: 'string', title: 'Server' },
    port: { type: 'integer', title: 'Port' },
    tls: { type: 'boolean', title: 'Demand TLS' },
    mode: { enum: ['mail', 'log'], title: 'Mode' },
    token: { type: 'string', title: 'Token', secret: true },
    channel: { type: 'string', title: 'Channel', choices: true },
  },
};
const choices = vi.fn((_: string, search: string) =>
  Promise.resolve(
    search === ''
      ? { items: [{ value: 'C1', label: '#sales' }], more: true }
      : { items: [{ value: 'C9', label: '#support', note: 'not a member' }], more: false },
  ),
);

describe('a form drawn from a schema', () => {
  test('gives back what the schema wants: numbers as numbers, emptied fields absent, an untouched secret absent', async () => {
    const onsubmit = vi.fn();
    const screen = await render(Form, {
      schema,
      values: { host: 'old.example', tls: false },
      stored: { token: '9f3a' },
      choices,
      submit: 'Save',
      onsubmit,
    });
    await screen.getByLabelText('Server').fill('smtp.example');
    await screen.getByLabelText('Port (optional)').fill('587');
    await screen.getByLabelText('Demand TLS').click();
    await screen.getByLabelText('Mode (optional)').selectOptions('log');
    await screen.getByLabelText('Channel').fill('C1');
    await screen.getByRole('button', { name: 'Save' }).click();
    expect(onsubmit).toHaveBeenLastCalledWith({ host: 'smtp.example', port: 587, tls: true, mode: 'log', channel: 'C1' });
  });

  test('a stored secret shows how it ends, can be replaced, and is kept again when that is thought better of', async () => {
    const onsubmit = vi.fn<(values: FormValues) => void>();
    const screen = await render(Form, { schema, values: {}, stored: { token: '9f3a' }, choices, submit: 'Save', onsubmit });
    await expect.element(screen.getByLabelText('Token (optional)')).toHaveValue('ends in …9f3a');
    await screen.getByRole('button', { name: 'Replace Token' }).click();
    await expect.element(screen.getByLabelText('Token (optional)')).toHaveFocus();
    await userEvent.keyboard('xoxb-new');
    await screen.getByRole('button', { name: 'Save' }).click();
    expect(onsubmit.mock.lastCall?.[0]).toMatchObject({ token: 'xoxb-new' });
    await screen.getByRole('button', { name: 'Keep the stored one' }).click();
    await screen.getByRole('button', { name: 'Save' }).click();
    expect(onsubmit.mock.lastCall?.[0].token).toBeUndefined();
  });

  test('a refusal stands at its field and is tied to it', async () => {
    const screen = await render(Form, {
      schema,
      values: {},
      errors: { port: 'A port is 1 to 65535.' },
      choices,
      submit: 'Save',
      onsubmit: vi.fn(),
    });
    await expect.element(screen.getByLabelText('Port (optional)')).toHaveAccessibleDescription('A port is 1 to 65535.');
    await expect.element(screen.getByLabelText('Port (optional)')).toHaveAttribute('aria-invalid', 'true');
    await expect.element(screen.getByLabelText('Server')).not.toHaveAttribute('aria-invalid');
  });

  test('a service is asked for choices on focus, and again for what is typed while it has more', async () => {
    const screen = await render(Form, { schema, values: {}, choices, submit: 'Save', onsubmit: vi.fn() });
    const field = screen.getByLabelText('Channel');
    await field.click();
    await expect
      .poll(() => [...screen.container.querySelectorAll('datalist option')].map(option => option.getAttribute('value')))
      .toEqual(['C1']);
    await userEvent.keyboard('C9');
    await expect.element(field).toHaveAccessibleDescription('#support · not a member');
  });
});

describe('a password being set', () => {
  const props = { label: 'Password', again: 'Password again', min: 12 };

  test('shows the rules first, names a refused character at once, and complains of length only when left', async () => {
    const screen = await render(NewPassword, props);
    const field = screen.getByLabelText('Password', { exact: true });
    await expect.element(field).toHaveAccessibleDescription(/12 to 256 characters/);
    await field.click();
    await userEvent.keyboard('short');
    await expect.element(field).toHaveAccessibleDescription('5 of at least 12 characters');
    await expect.element(field).not.toHaveAttribute('aria-invalid');
    await userEvent.keyboard('<');
    await expect.element(field).toHaveAccessibleDescription('A password cannot contain <');
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await userEvent.keyboard('{Backspace}{Tab}');
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  });

  test('Show uncovers both, and what differs is said', async () => {
    const screen = await render(NewPassword, props);
    await screen.getByLabelText('Password', { exact: true }).fill('a long sentence');
    await screen.getByLabelText('Password again', { exact: true }).fill('a long sentance');
    await expect.element(screen.getByText('The two are not the same.')).toBeVisible();
    await screen.getByRole('button', { name: 'Show Password', exact: true }).click();
    await expect.element(screen.getByLabelText('Password again', { exact: true })).toHaveAttribute('type', 'text');
  });
});
