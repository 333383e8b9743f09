import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { layoutView } from './layout.ts';
import { rosterSnapshot } from './presence.ts';
import { widgetDescription, widgetSnapshot } from './widgets.ts';

export const dashboardView = z.object({
  /** The widgets this person may see, in the product's order. */
  widgets: z.array(widgetDescription),
  /** How they are arranged. */
  layout: layoutView,
  /** Of those whose figures are shown: neither hidden nor collapsed, unless all were asked for. */
  snapshots: z.array(widgetSnapshot),
  /** Absent without the right to see who is online. */
  roster: rosterSnapshot.optional(),
});
export type DashboardView = z.infer<typeof dashboardView>;

export const getDashboard = endpoint('GET', '/dashboard', 'The dashboard: widgets, their latest snapshots, and who is online.', {
  query: z.strictObject({ all: z.literal('yes').optional().describe('`yes`: the figures of hidden and collapsed widgets too.') }),
  result: dashboardView,
});
export const refreshWidgets = endpoint(
  'POST',
  '/widgets/refresh',
  'Has all widgets one may see rebuilt by a worker; every viewer gets the results.',
  { status: 202, result: z.object({ widgets: z.array(z.string()) }) },
);
export const refreshWidget = endpoint('POST', '/widgets/:id/refresh', 'Has one widget rebuilt by a worker; every viewer gets the result.', {
  status: 202,
  result: z.object({ widgets: z.array(z.string()) }),
});
