import * as contract from '#contract/activity.ts';
import { databaseNow } from '../platform/db/now.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { detailOf } from './detail.ts';
import { exportOf } from './export.ts';
import { filtersOf, forgetFilter, keepFilter } from './filters.ts';
import { presentEntries } from './present.ts';
import { chainState } from './chain-state.ts';
import { newestEvents } from './queries.ts';

const records = { nothing: 'how one looks at the log is a convenience of one’s own' };

export const activityRoutes: Route[] = [
  route(contract.listActivity, 'activity.view', {}, async ({ em, actor, query }) => {
    const { pageSize: asked, before, ...filter } = query;
    const pageSize = await pageSizeFor(em, actor, { pageSize: asked });
    const seals = await newestEvents(em, filter, { before, limit: pageSize + 1 });
    const items = await presentEntries(em, seals.slice(0, pageSize));
    const last = items.at(-1);
    return { items, pageSize, ...(seals.length > pageSize && last ? { next: String(last.seq) } : {}) };
  }),

  route(contract.exportActivity, 'activity.view', { limit: 'export' }, async ({ em, query }) => exportOf(em, query, await databaseNow(em))),

  // before the one with an id, which would take this address too
  route(contract.getChain, 'activity.view', {}, ({ em }) => chainState(em)),
  route(
    contract.verifyChain,
    'activity.view',
    { records: { nothing: 'it looks, and changes nothing' }, limit: 'export' },
    async ({ em, tools }) => {
      await tools.producer.add('verify-chain', { whole: true }, { key: 'whole' });
      return chainState(em);
    },
  ),

  route(contract.getActivity, 'activity.view', {}, async ({ em, actor, params, tools }) => {
    const detail = await detailOf(em, actor, params.id, tools.widgets.values());
    if (!detail) throw new Problem('not_found');
    return detail;
  }),

  route(contract.listFilters, 'signed-in', {}, async ({ em, actor }) => ({ items: await filtersOf(em, actor) })),
  route(contract.saveFilter, 'signed-in', { records }, ({ em, actor, body }) => keepFilter(em, actor, body.name, body.filter)),
  route(contract.forgetFilter, 'signed-in', { records }, ({ em, actor, params }) => forgetFilter(em, actor, params.id)),
];
