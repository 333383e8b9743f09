import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { rosterSnapshot } from './presence.ts';
import { widgetDescription, widgetSnapshot } from './widgets.ts';

export const dashboardView = z.object({
  /** The widgets this person may see, in the order of the layout. */
  widgets: z.array(widgetDescription),
  snapshots: z.array(widgetSnapshot),
  /** Absent without the right to see who is online. */
  roster: rosterSnapshot.optional(),
});
export type DashboardView = z.infer<typeof dashboardView>;

export const getDashboard = endpoint('GET', '/dashboard', 'The dashboard: widgets, their latest snapshots, and who is online.', {
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
