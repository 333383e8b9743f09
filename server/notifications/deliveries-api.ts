import * as contract from '#contract/deliveries.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { Delivery } from './Delivery.ts';
import { announce } from './announce.ts';
import { deliveryView } from './delivery-view.ts';
import { hasten } from './enqueue.ts';
import { keptMailPage, openKeptMail } from './kept-mail.ts';
import { presentDeliveryRow } from './present.ts';
import { deliveryPage } from './queries.ts';
import { replayDeliveries, replayDelivery } from './replay.ts';
import type { SystemMail } from './system-mail.ts';

/** The delivery log, and the mails that wait in the product. */
export const deliveryRoutes = (systemMails: readonly SystemMail[]): Route[] => [
  route(contract.listDeliveries, 'deliveries.view', {}, async ({ em, actor, query }) => {
    const paging = { page: query.page, pageSize: await pageSizeFor(em, actor, query) };
    const [deliveries, total] = await deliveryPage(em, query, paging);
    return { items: deliveries.map(presentDeliveryRow), total, ...paging };
  }),

  route(contract.getDelivery, 'deliveries.view', {}, async ({ em, params }) => {
    const view = await deliveryView(em, params.id);
    if (!view) throw new Problem('not_found');
    return view;
  }),

  route(contract.replayDelivery, 'deliveries.replay', { records: ['delivery.replayed'] }, async ({ em, actor, params, tools }) => {
    const id = params.id;
    await replayDelivery(em, actor, id);
    const delivery = await em.fork().findOneOrFail(Delivery, id, { populate: ['event', 'rule'] });
    await announce(em, tools, [id]);
    await hasten(tools, [delivery]);
    return presentDeliveryRow(delivery);
  }),

  route(contract.replayDeliveries, 'deliveries.replay', { records: ['deliveries.replayed'] }, async ({ em, actor, body, tools }) => {
    const { replayed, left } = await replayDeliveries(em, actor, body);
    await announce(
      em,
      tools,
      replayed.map(({ id }) => id),
    );
    await hasten(tools, replayed);
    return { replayed: replayed.length, left };
  }),

  route(contract.listKeptMail, 'mail.read', {}, async ({ em, actor, query }) =>
    keptMailPage(em, { page: query.page, pageSize: await pageSizeFor(em, actor, query) }),
  ),

  route(contract.readKeptMail, 'mail.read', { records: ['mail.kept-read'] }, ({ em, actor, params, tools }) =>
    openKeptMail(em, actor, { id: params.id, systemMails }, tools),
  ),
];
