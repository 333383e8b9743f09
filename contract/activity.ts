import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { eventView } from './events.ts';
import { cursorOf } from './shared.ts';

/** An event as people read it. */
export const activityEntry = eventView.omit({ hash: true }).extend({
  label: z.string(),
  severity: z.enum(['info', 'good', 'warn', 'bad']),
  /** One sentence, without the actor. */
  title: z.string(),
  /** Where in the product it can be looked at. */
  link: z.string().optional(),
  address: z.string().optional(),
  requestId: z.string().optional(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

export const listActivity = endpoint('GET', '/activity', 'The activity log, newest first.', {
  query: z.object({
    before: z.coerce.number().int().min(1).optional(),
    pageSize: z.coerce.number().int().min(1).max(200).optional(),
    family: z.enum(['security', 'staff', 'system', 'business', 'custom']).optional(),
    type: z.string().max(100).optional(),
    actor: z.uuid().optional(),
    search: z.string().trim().max(100).optional(),
  }),
  result: cursorOf(activityEntry),
});
