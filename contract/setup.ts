import { z } from 'zod';
import { sessionView } from './auth.ts';
import { endpoint } from './endpoint.ts';
import { LANGUAGES } from './languages.ts';
import { email, name, newPassword, timeZone, username } from './shared.ts';

const token = z.string().min(1).max(200);

export const check = z.object({
  id: z.enum(['postgres', 'redis', 'disk', 'clock', 'base-url']),
  label: z.string(),
  state: z.enum(['ok', 'warn', 'bad']),
  /** What was found: "18.4, 3 ms". */
  figure: z.string(),
  /** What to do about it; absent when all is well. */
  cure: z.string().optional(),
});
export type Check = z.infer<typeof check>;

export const runChecks = endpoint('POST', '/setup/checks', 'Checks what the product stands on. Needs the one-time link’s token.', {
  body: z.strictObject({
    token,
    /** As the browser sees this site. */ origin: z.string().max(300),
    /** The browser’s clock, ms. */ clock: z.int(),
  }),
  result: z.object({ items: z.array(check) }),
});
export const completeSetup = endpoint(
  'POST',
  '/setup',
  'Makes the first superadmin and the organisation, signs in, and closes set-up for ever.',
  {
    body: z.strictObject({
      token,
      organisation: name,
      timeZone,
      language: z.enum(LANGUAGES).default(LANGUAGES[0]),
      /** In which the first superadmin reads; theirs from then on where the organisation's is another. */
      ownLanguage: z.enum(LANGUAGES).optional(),
      firstName: name,
      lastName: name,
      email,
      username,
      password: newPassword,
    }),
    status: 201,
    result: sessionView,
  },
);
