import type { Permission } from '#contract/permissions.ts';

/** A set of sockets to send to. Made by `room` only, so that nobody mistypes one. */
export type Room = 'all' | `person:${string}` | `may:${Permission}`;

/** Rooms are people and rights: choosing the room is choosing who may see it. No name has a space in it. */
export const room = {
  /** Every socket. */
  all: 'all',
  /** All tabs of one person. */
  person: (adminId: string): Room => `person:${adminId}`,
  /** Everyone who holds this right. */
  may: (permission: Permission): Room => `may:${permission}`,
} as const;
