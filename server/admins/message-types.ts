import type { Admin } from './Admin.ts';

/** Kinds of mail the product sends by itself. A role says which of them its people get, and each person may do without some. */
export type MessageType = 'system' | 'account' | 'support';

/** Whether somebody gets mail of this kind. To be asked when it is about to leave, not when it is queued. Needs `roles` loaded. */
export const getsMail = (admin: Admin, type: MessageType): boolean =>
  admin.roles.getItems().some(role => role.messageTypes.includes(type)) && !admin.messageTypesOff.includes(type);
