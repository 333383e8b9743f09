import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { MESSAGE_TYPES } from './message-types.ts';
import { id } from './shared.ts';

const type = z.enum(MESSAGE_TYPES);

export const ownNotifications = z.object({
  /** One's departments, in their order, and whether one hears of their tickets. */
  departments: z.array(z.object({ id, name: z.string(), ticketNotifications: z.boolean() })),
  /** Every kind of system mail: whether one wants it, and which of one's roles send it; where none does it does not come. */
  messageTypes: z.array(z.object({ type, wanted: z.boolean(), roles: z.array(z.string()) })),
  /** Of one's account, which this is a part of. */
  version: z.int(),
});
export type OwnNotifications = z.infer<typeof ownNotifications>;

export const getOwnNotifications = endpoint('GET', '/me/notifications', 'What one hears of.', { result: ownNotifications });
export const changeOwnNotifications = endpoint(
  'PATCH',
  '/me/notifications',
  'Turns single switches of what one hears of; the others stay.',
  {
    body: z.strictObject({
      department: z.strictObject({ id, ticketNotifications: z.boolean() }).optional(),
      messageType: z.strictObject({ type, wanted: z.boolean() }).optional(),
    }),
    result: ownNotifications,
  },
);
