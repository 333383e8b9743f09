import { factorChangedMail } from './accounts/factor-changed-mail.ts';
import { factorResetMail } from './accounts/factor-reset-mail.ts';
import { rightAskedMail } from './access/asked-mail.ts';
import { askedMail } from './invitations/asked-mail.ts';
import { expiredMail } from './invitations/expired-mail.ts';
import { invitationMail } from './invitations/mail.ts';
import type { SystemMail } from './notifications/system-mail.ts';
import { ticketMail } from './notifications/ticket-mail.ts';
import { troubleMail } from './notifications/trouble-mail.ts';
import { changedMail } from './password-resets/changed-mail.ts';
import { resetMail } from './password-resets/mail.ts';

/** The mails that Quarterdeck sends by itself, without a rule. */
export const systemMails: readonly SystemMail[] = [
  invitationMail,
  askedMail,
  expiredMail,
  rightAskedMail,
  resetMail,
  changedMail,
  factorResetMail,
  factorChangedMail,
  ticketMail,
  troubleMail,
];
