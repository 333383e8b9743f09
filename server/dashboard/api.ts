import * as contract from '#contract/dashboard.ts';
import type { Actor } from '../platform/actor.ts';
import type { Encoded } from '../platform/http/encoded.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { RedisUnavailable } from '../platform/redis.ts';
import type { ServerTools, ShownWidget } from '../platform/tools.ts';
import { Dashboards, awake, etagOf, visible } from './dashboard.ts';
import { requestRebuild } from './rebuild.ts';

const dashboards = new Dashboards();
const records = { nothing: 'a refresh changes no data' };

/** A widget that was never built says so, and is built. */
function unbuilt({ describe: { id, view } }: ShownWidget, { producer, log }: ServerTools): string {
  requestRebuild(producer, id).catch((error: unknown) => log.warn({ err: error, widget: id }, 'dashboard: a rebuild could not be queued'));
  return JSON.stringify({ id, view, version: 0 });
}

/** The people online as JSON; nothing for somebody who may not see them, and while they are not known. */
function rosterFor(actor: Actor, roster: ServerTools['roster']): string | undefined {
  if (!roster || !actor.permissions.has('presence.view')) return undefined;
  try {
    return roster.text();
  } catch (error) {
    if (error instanceof RedisUnavailable) return undefined;
    throw error;
  }
}

/** Reads what workers have prepared; no loader runs here. */
async function read(actor: Actor, tools: ServerTools, all: boolean): Promise<Encoded> {
  const widgets = visible(tools.widgets, actor.permissions);
  const layout = await tools.layouts.of(actor.id ?? '');
  const loaded = (all ? widgets : awake(widgets, layout)).filter(({ load }) => load !== undefined);
  const found = await tools.snapshots.texts(loaded.map(({ describe }) => describe.id));
  const version = tools.roster?.version() ?? ''; // before the text: one that is newer than its tag is asked for again, one that is older stays
  const roster = rosterFor(actor, tools.roster);
  const snapshots = loaded.map((widget, index) => found[index]?.text ?? unbuilt(widget, tools));
  const etag = etagOf(tools.version, { widgets, layout }, found, roster === undefined ? '' : version);
  return dashboards.get(etag, { widgets, layout, snapshots, roster });
}

async function refresh(widgets: readonly ShownWidget[], tools: ServerTools): Promise<{ widgets: string[] }> {
  const ids = widgets.filter(({ load }) => load !== undefined).map(({ describe }) => describe.id);
  for (const id of ids) await requestRebuild(tools.producer, id);
  return { widgets: ids };
}

export const dashboardRoutes: Route[] = [
  route(contract.getDashboard, 'dashboard.view', {}, ({ actor, query, tools }) => read(actor, tools, query.all === 'yes')),

  route(contract.refreshWidgets, 'dashboard.view', { records, limit: 'refresh' }, ({ actor, tools }) =>
    refresh(visible(tools.widgets, actor.permissions), tools),
  ),

  route(contract.refreshWidget, 'dashboard.view', { records, limit: 'refresh' }, ({ actor, params, tools }) => {
    // One that somebody may not see does not exist for them.
    const seen = visible(tools.widgets, actor.permissions);
    const those = seen.filter(({ describe }) => describe.id === params.id || describe.partOf === params.id);
    if (!those.some(({ describe }) => describe.id === params.id)) throw new Problem('not_found');
    return refresh(those, tools);
  }),
];
