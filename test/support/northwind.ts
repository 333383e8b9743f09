import { Caller } from './caller.ts';
import { inviteBy } from './invite.ts';
import { PASSWORD, setUp } from './journey.ts';
import type { Whole } from './whole.ts';

const OTHERS = {
  tomas: { firstName: 'Tomas', lastName: 'Lindqvist', role: 'Support Operator' },
  maya: { firstName: 'Maya', lastName: 'Okafor', role: 'Sales Operator' },
} as const;

/** Sets an installation up as Ana, and has these others accept an invitation of hers. @returns Ana */
export async function northwind(product: Whole, ...others: (keyof typeof OTHERS)[]): Promise<Caller> {
  const ana = await setUp(product);
  const { items: roles } = await ana.call('GET /roles');
  for (const username of others) {
    const { role, ...name } = OTHERS[username];
    const roleIds = roles.filter(each => each.name === role).map(({ id }) => id);
    const { id } = await inviteBy(ana, { email: `${username}@northwind.example`, roleIds });
    const { link } = await ana.call('POST /invitations/:id/link', { params: { id } });
    const account = { token: link.split('#')[1] ?? '', username, ...name, password: PASSWORD };
    await new Caller(product.url).call('POST /invitations/accept', { body: account });
  }
  return ana;
}

/** One of them, signed in, as far as HTTP goes. */
export async function callerOf({ url }: Whole, login: keyof typeof OTHERS): Promise<Caller> {
  const caller = new Caller(url);
  await caller.call('POST /session', { body: { login, password: PASSWORD } });
  return caller;
}
