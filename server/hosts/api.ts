import * as contract from '#contract/hosts.ts';
import { record } from '../events/record.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { organisation } from '../settings/queries.ts';
import { WatchedHost } from './WatchedHost.ts';
import { addHost, deleteHost, editHost } from './commands.ts';
import { historyOf } from './history.ts';
import { lookAt } from './look.ts';
import { chooseNetworks, networksIn } from './networks.ts';
import { presentHost } from './present.ts';

export const hostRoutes: Route[] = [
  route(contract.listHosts, 'settings.view', {}, async ({ em }) => ({
    items: (await em.find(WatchedHost, {}, { orderBy: { name: 'asc', id: 'asc' } })).map(presentHost),
    networks: (await organisation(em)).watchedNetworks,
  })),

  route(contract.addHost, 'settings.edit', { records: ['host.added'] }, async ({ em, actor, body }) =>
    presentHost(await addHost(em, actor, body)),
  ),

  route(contract.editHost, 'settings.edit', { records: ['host.edited'] }, async ({ em, actor, params, body }) =>
    presentHost(await editHost(em, actor, params.id, body)),
  ),

  route(contract.deleteHost, 'settings.edit', { records: ['host.deleted'] }, ({ em, actor, params }) => deleteHost(em, actor, params.id)),

  route(contract.testHost, 'settings.edit', { records: ['host.tested'], limit: 'provider-test' }, async ({ em, actor, body, tools }) => {
    const seen = await lookAt(body, tools.outbound, networksIn((await organisation(em)).watchedNetworks));
    await em.transactional(em => Promise.resolve(record(em, actor, 'host.tested', { target: body.target, ok: seen.reason === null })));
    return seen;
  }),

  route(contract.getHostHistory, 'settings.view', {}, async ({ em, params }) => {
    if ((await em.count(WatchedHost, { id: params.id })) === 0) throw new Problem('not_found');
    return historyOf(em, params.id);
  }),

  route(contract.chooseNetworks, 'settings.edit', { records: ['settings.changed'], confirmed: true }, async ({ em, actor, body }) => ({
    networks: await chooseNetworks(em, actor, body.networks),
  })),
];
