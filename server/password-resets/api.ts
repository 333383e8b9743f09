import { RESET_MINUTES } from '#contract/accounts.ts';
import * as contract from '#contract/password-resets.ts';
import { writeDeviceCookie } from '../auth/cookies.ts';
import { deviceToken } from '../auth/trusted-device.ts';
import { type Route, route } from '../platform/http/route.ts';
import { organisation } from '../settings/queries.ts';
import { askForReset } from './ask-for-reset.ts';
import { WAS_RESET, openReset, redeemReset } from './redeem-reset.ts';
import { sendReset } from './send-reset.ts';

export const passwordResetRoutes: Route[] = [
  route(
    contract.askForPasswordReset,
    'public',
    { records: ['password.reset-requested', 'password.reset-refused'], limit: 'link' },
    async ({ em, actor, body, tools }) => {
      await askForReset(em, actor, body.login, tools);
      return { minutes: RESET_MINUTES };
    },
  ),

  route(
    contract.lookUpPasswordReset,
    'public',
    { records: { nothing: 'looking at a link changes nothing' }, limit: 'link' },
    async ({ em, body, tools }) => {
      const { admin, expiresAt } = await openReset(em, tools.secrets, body.token);
      const { passwordMinimum } = await organisation(em);
      return { username: admin.username, expiresAt: expiresAt.toISOString(), passwordMinimum };
    },
  ),

  route(contract.redeemPasswordReset, 'public', { records: ['password.reset'], limit: 'link' }, async ({ em, actor, body, ctx, tools }) => {
    const admin = await redeemReset(em, actor, body, tools.secrets);
    tools.broadcast.control({ kind: 'revoked', adminId: admin.id, reason: WAS_RESET });
    // whoever forgot a password has guessed it too often by then: this browser is the person's own, and counts apart
    writeDeviceCookie(ctx, tools.baseUrl, deviceToken(tools.secrets, admin.id));
  }),

  route(
    contract.sendPasswordReset,
    'admins.secure',
    { records: ['password.reset-requested'], confirmed: true },
    async ({ em, actor, params, tools }) => {
      const { id, email } = await sendReset(em, actor, params.id, tools);
      return { id, email, minutes: RESET_MINUTES };
    },
  ),
];
