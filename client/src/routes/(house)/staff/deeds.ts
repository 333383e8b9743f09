import type { InvitationView } from '#contract/invitations.ts';
import { call } from '#lib/api.ts';
import { toast } from '#lib/ui/toast.ts';
import { staff as words } from '#lib/words/en/staff.ts';

/** Whether it can still be accepted or brought back to life. */
export const isOpen = ({ state }: Pick<InvitationView, 'state'>): boolean => state === 'pending' || state === 'expired';

type Named = Pick<InvitationView, 'id' | 'email'>;

/** One of many: what became of all of them is said together. @throws ApiProblem, NoAnswer */
export const resendQuietly = ({ id }: Named): Promise<InvitationView> => call('POST /invitations/:id/resend', { params: { id } });

/** A new link by mail; the old one is dead. @throws ApiProblem, NoAnswer */
export async function resend(named: Named): Promise<InvitationView> {
  const invitation = await resendQuietly(named);
  void toast(words.resent(named.email));
  return invitation;
}

/** The link into the clipboard; where the browser refuses, it is shown for copying by hand. @throws ApiProblem, NoAnswer */
export async function copyLink({ id, email }: Named): Promise<void> {
  const { link } = await call('POST /invitations/:id/link', { params: { id } });
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    prompt(words.copyLink, link);
    return;
  }
  void toast(words.linkCopied(email));
}

/** One of many, as above. @throws ApiProblem, NoAnswer */
export const revokeQuietly = ({ id }: Named): Promise<InvitationView> => call('DELETE /invitations/:id', { params: { id } });

/** @throws ApiProblem, NoAnswer */
export async function revoke(named: Named): Promise<InvitationView> {
  const invitation = await revokeQuietly(named);
  void toast(words.revoked(named.email));
  return invitation;
}
