import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** One person who has the admin area open. Times are ms since 1970. */
export const rosterRow = z.object({
  id: z.uuid(),
  name: z.string(),
  roles: z.array(z.string()),
  /** What their picture is known by at `/api/avatars/:id?v=…`; absent where initials are shown. */
  avatar: z.string().optional(),
  /** `checking`: no word for longer than a heartbeat, not yet gone. */
  state: z.enum(['online', 'away', 'checking']),
  /** Since when online without a break. */
  since: z.int(),
  /** Since when away, or when last heard of while checking. */
  stateSince: z.int(),
  /** The page that is open, as a path; absent if the organisation does not show it. */
  page: z.string().optional(),
});
export type RosterRow = z.infer<typeof rosterRow>;

/** Everyone online at one version. `epoch` changes when Redis lost its state; versions count within one epoch. */
export const rosterSnapshot = z.object({ epoch: z.string(), version: z.int(), total: z.int(), people: z.array(rosterRow) });
export type RosterSnapshot = z.infer<typeof rosterSnapshot>;

/** What changed from `version - 1` to `version`. `gone` names ids. */
export interface RosterDiff {
  epoch: string;
  version: number;
  changed: RosterRow[];
  gone: string[];
}

export const getPresence = endpoint('GET', '/presence', 'Who has the admin area open now.', { result: rosterSnapshot });
