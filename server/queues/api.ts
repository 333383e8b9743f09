import * as contract from '#contract/queues.ts';
import { type Route, route } from '../platform/http/route.ts';
import { listQueues } from './queries.ts';

export const queueRoutes: Route[] = [
  route(contract.listQueues, 'queues.view', {}, async ({ tools }) => ({ items: await listQueues(tools) })),
];
