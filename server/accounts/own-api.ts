import * as contract from '#contract/own-notifications.ts';
import { type Route, route } from '../platform/http/route.ts';
import { changeOwnNotifications, ownNotifications } from './own-notifications.ts';

/** What people choose for themselves. */
export const ownRoutes: Route[] = [
  route(contract.getOwnNotifications, 'signed-in', {}, ({ em, actor }) => ownNotifications(em, actor.id ?? '')),

  route(contract.changeOwnNotifications, 'signed-in', { records: ['admin.departments-changed', 'admin.edited'] }, ({ em, actor, body }) =>
    changeOwnNotifications(em, actor, body),
  ),
];
