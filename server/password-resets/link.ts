import { linkKind } from '../platform/link.ts';

/** Links that set a new password. */
export const resetLink = linkKind('password-reset', '/reset-password');
