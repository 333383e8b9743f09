import type { AdminView } from '#contract/admins.ts';
import { call } from '#lib/api.ts';
import { toast } from '#lib/ui/toast.ts';
import { accounts as words } from '#lib/words/en/accounts.ts';

/** Mails somebody a link that sets a new password. @throws ApiProblem, NoAnswer */
export async function sendReset({ id, name }: Pick<AdminView, 'id' | 'name'>): Promise<void> {
  const { email, minutes } = await call('POST /admins/:id/password-reset', { params: { id } });
  void toast(words.access.resetSent(name, email, minutes));
}
