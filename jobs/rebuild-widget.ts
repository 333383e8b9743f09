import { z } from 'zod';
import { REBUILD } from '#server/dashboard/rebuild.ts';
import { rebuild } from '#server/widgets/_rebuild.ts';
import { TryLater, job } from './job.ts';

/** How long after a failed load the next one follows, in ms. */
const RETRY = 30_000;

export default job({
  id: REBUILD,
  concurrency: 4,
  payload: z.object({ widgetId: z.string() }),
  schedules: ({ widgets }) =>
    [...widgets.values()].flatMap(({ id, every, load }) => (load && every !== undefined ? [{ id, every, payload: { widgetId: id } }] : [])),
  run: async ({ widgetId }, tools) => {
    const widget = tools.widgets.get(widgetId);
    if (!widget?.load) return; // asked for by another version of this program
    const succeeded = await rebuild(widget, tools);
    // One with a schedule is loaded again anyway, and would pile up.
    if (!succeeded && widget.every === undefined) throw new TryLater(RETRY);
  },
});
