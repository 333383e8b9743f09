import { expect } from 'vitest';
import type { Endpoints } from '#contract/api.ts';
import type { InvitationView } from '#contract/invitations.ts';
import type { Caller } from './caller.ts';

type SendBody = Endpoints['POST /invitations']['body'];

/** An invitation through the API. Fails with the outcome where nobody was invited. */
export async function inviteBy(
  caller: Caller,
  { email, ...body }: { email: string } & Omit<SendBody, 'addresses'>,
): Promise<InvitationView> {
  const { results } = await caller.call('POST /invitations', { body: { addresses: [email], ...body } });
  const [result] = results;
  return result?.outcome === 'invited' && result.invitation ? result.invitation : expect.fail(result?.why ?? 'there is no result');
}
