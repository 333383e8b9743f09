import type { LiveView, View } from '#contract/widgets.ts';

const LIVE: readonly View[] = ['people', 'todos', 'notes'] satisfies LiveView[];
/** Whether a view is drawn from what browsers are told anyway, so that there is nothing to refresh. */
export const isLive = (view: View): view is LiveView => LIVE.includes(view);
