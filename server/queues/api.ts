import type { EntityManager } from '@mikro-orm/postgresql';
import * as contract from '#contract/queues.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { pageSizeFor } from '../settings/page-size.ts';
import { clearJobs, pauseQueue, removeJob, resumeQueue, retryJob, retryJobs } from './commands.ts';
import { type QueueTools, jobPage, jobView, knownQueue } from './jobs.ts';
import { throughputOf } from './per-minute.ts';
import { type QueueNow, listQueues } from './queries.ts';

const withThroughput = async (queue: QueueNow, { producer }: QueueTools): Promise<contract.QueueView> => ({
  ...queue,
  perMinute: await throughputOf(producer.queue(queue.name), Date.now()),
});

/** @throws Problem `not_found` */
async function viewOf(em: EntityManager, tools: QueueTools, name: string): Promise<contract.QueueView> {
  const queue = (await listQueues(em, tools)).find(queue => queue.name === name);
  if (!queue) throw new Problem('not_found');
  return withThroughput(queue, tools);
}

export const queueRoutes: Route[] = [
  route(contract.listQueues, 'queues.view', {}, async ({ em, tools }) => ({
    items: await Promise.all((await listQueues(em, tools)).map(queue => withThroughput(queue, tools))),
  })),

  route(contract.getQueue, 'queues.view', {}, ({ em, params, tools }) => viewOf(em, tools, params.name)),

  route(contract.pauseQueue, 'queues.manage', { records: ['queue.paused'] }, async ({ em, actor, params, tools }) => {
    await pauseQueue(em, actor, await knownQueue(tools, params.name));
    return viewOf(em, tools, params.name);
  }),

  route(contract.resumeQueue, 'queues.manage', { records: ['queue.resumed'] }, async ({ em, actor, params, tools }) => {
    await resumeQueue(em, actor, await knownQueue(tools, params.name));
    return viewOf(em, tools, params.name);
  }),

  route(contract.listJobs, 'queues.view', {}, async ({ em, actor, params, query, tools }) => {
    const paging = { page: query.page, pageSize: await pageSizeFor(em, actor, query) };
    return jobPage(await knownQueue(tools, params.name), query.state, paging, query.search);
  }),

  route(contract.getJob, 'queues.view', {}, async ({ params, tools }) => jobView(await knownQueue(tools, params.name), params.id)),

  route(contract.retryJob, 'queues.manage', { records: ['job.retried'] }, async ({ em, actor, params, tools }) => {
    const queue = await knownQueue(tools, params.name);
    await retryJob(em, actor, queue, params.id);
    return jobView(queue, params.id);
  }),

  route(contract.removeJob, 'queues.manage', { records: ['job.removed'] }, async ({ em, actor, params, tools }) =>
    removeJob(em, actor, await knownQueue(tools, params.name), params.id),
  ),

  route(contract.retryJobs, 'queues.manage', { records: ['jobs.retried'] }, async ({ em, actor, params, query, tools }) => ({
    jobs: await retryJobs(em, actor, await knownQueue(tools, params.name), query.search),
  })),

  route(contract.clearJobs, 'queues.manage', { records: ['jobs.removed'] }, async ({ em, actor, params, query, tools }) => ({
    jobs: await clearJobs(em, actor, await knownQueue(tools, params.name), query.search),
  })),
];
