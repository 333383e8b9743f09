import type { Explainable } from '#contract/access.ts';
import { PAGES, pageAt, pageOf } from '#contract/pages.ts';
import { PERMISSIONS, type Permission, isPermission } from '#contract/permissions.ts';
import type { Needs, Route } from '../platform/http/route.ts';
import type { ShownWidget } from '../platform/tools.ts';
import { pageName, rightLabel } from '../words/rights.ts';
import { sayStored } from '../words/say.ts';

/** Something that a right stands before. */
export interface Thing {
  kind: 'right' | 'page' | 'widget' | 'route';
  /** As it is asked for. */
  id: string;
  label: string;
  needs: Needs;
}
export interface House {
  routes: readonly Route[];
  widgets: ReadonlyMap<string, ShownWidget>;
}

const WIDGET = 'widget:';
const nameOf = ({ endpoint }: Route): string => `${endpoint.method} ${endpoint.path}`;
const ofRight = (id: Permission): Thing => ({ kind: 'right', id, label: rightLabel(id), needs: id });
const ofRoute = (route: Route): Thing => ({ kind: 'route', id: nameOf(route), label: nameOf(route), needs: route.needs });
const ofWidget = ({ describe: { id, title, needs } }: ShownWidget): Thing => ({
  kind: 'widget',
  id: `${WIDGET}${id}`,
  label: sayStored(title),
  needs,
});
function ofPage(address: string): Thing | undefined {
  const path = pageAt(address);
  if (path === undefined) return undefined;
  const { needs } = pageOf(path);
  return { kind: 'page', id: address, label: pageName(path), needs: needs ?? 'signed-in' };
}

/** What is meant by a right's id, a page's address, `widget:<id>` or `METHOD /path`. */
export function thingOf(what: string, { routes, widgets }: House): Thing | undefined {
  if (isPermission(what)) return ofRight(what);
  if (what.startsWith('/')) return ofPage(what);
  if (what.startsWith(WIDGET)) {
    const widget = widgets.get(what.slice(WIDGET.length));
    return widget && ofWidget(widget);
  }
  const route = routes.find(each => nameOf(each) === what);
  return route && ofRoute(route);
}

const choice = ({ id, label }: Thing): Explainable['pages'][number] => ({ what: id, label });
/** All that can be asked about, by kind. A page that shows one of many is asked about by the address of one. */
export const allThings = ({ routes, widgets }: House): Omit<Explainable, 'mails'> => ({
  pages: PAGES.filter(path => !path.includes('['))
    .flatMap(path => ofPage(path) ?? [])
    .map(choice),
  widgets: [...widgets.values()].map(ofWidget).map(choice),
  rights: PERMISSIONS.map(ofRight).map(choice),
  routes: routes.map(ofRoute).map(choice),
});
