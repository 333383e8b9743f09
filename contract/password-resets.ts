import { z } from 'zod';
import { USERNAME } from './accounts.ts';
import { endpoint } from './endpoint.ts';
import { email, id, moment, newPassword } from './shared.ts';

const token = z.string().min(1).max(200);

/** One username or one email address; a list of addresses is neither. */
const login = z
  .string()
  .trim()
  .min(1, 'Type your username or email.')
  .max(254)
  .refine(
    text => (text.includes('@') ? email.safeParse(text).success : USERNAME.test(text)),
    'This is neither a username nor an email address.',
  );

export const askForPasswordReset = endpoint(
  'POST',
  '/password-resets',
  'Mails a link that sets a new password, if that account exists. The answer is the same if it does not.',
  { body: z.strictObject({ login }), status: 202, result: z.object({ minutes: z.int() }) },
);
export const lookUpPasswordReset = endpoint('POST', '/password-resets/lookup', 'Whose password a link sets. Looking never uses it up.', {
  body: z.strictObject({ token }),
  result: z.object({ username: z.string(), expiresAt: moment, passwordMinimum: z.int() }),
});
export const redeemPasswordReset = endpoint(
  'POST',
  '/password-resets/redeem',
  'Sets a new password by a link and ends all login sessions.',
  {
    body: z.strictObject({ token, password: newPassword }),
  },
);

export const sendPasswordReset = endpoint('POST', '/admins/:id/password-reset', 'Mails somebody else a link that sets a new password.', {
  status: 202,
  result: z.object({ id, email: z.string(), minutes: z.int() }),
});
