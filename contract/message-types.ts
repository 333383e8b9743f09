/** Kinds of system mail; each role sends its people some of them. */
export const MESSAGE_TYPES = ['system', 'account', 'support'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];
