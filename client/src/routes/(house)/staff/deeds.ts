import type { InvitationView } from '#contract/invitations.ts';
import { call } from '#lib/api.ts';
import { toast } from '#lib/ui/toast.ts';
import { staff as words } from '#lib/words/en/staff.ts';

/** Whether it can still be accepted or brought back to life. */
export const isOpen = ({ state }: Pick<InvitationView, 'state'>): boolean => state === 'pending' || state === 'expired';

/** A new link by mail; the old one is dead. @throws ApiProblem, NoAnswer */
export async function resend({ id, email }: InvitationView): Promise<InvitationView> {
  const invitation = await call('POST /invitations/:id/resend', { params: { id } });
  void toast(words.resent(email));
  return invitation;
}

/** The link into the clipboard; where the browser refuses, it is shown for copying by hand. @throws ApiProblem, NoAnswer */
export async function copyLink({ id, email }: Pick<InvitationView, 'id' | 'email'>): Promise<void> {
  const { link } = await call('POST /invitations/:id/link', { params: { id } });
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    prompt(words.copyLink, link);
    return;
  }
  void toast(words.linkCopied(email));
}

/** @throws ApiProblem, NoAnswer */
export async function revoke({ id, email }: Pick<InvitationView, 'id' | 'email'>): Promise<InvitationView> {
  const invitation = await call('DELETE /invitations/:id', { params: { id } });
  void toast(words.revoked(email));
  return invitation;
}
