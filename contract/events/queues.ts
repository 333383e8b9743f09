import { z } from 'zod';
import { event, text } from './event.ts';

const queue = { queue: z.string() };
/** A job that sends a delivery is gone with its try, and the delivery tells more; what numbers events is no queue. */
function jobLink(f: { queue: string; job: string }): string {
  if (f.queue.startsWith('deliver-')) return `/notifications/log/${encodeURIComponent(f.job)}`;
  return f.queue === 'dispatch-events' ? '/queues' : `/queues/${encodeURIComponent(f.queue)}/${encodeURIComponent(f.job)}`;
}
const queueLink = (f: { queue: string }): string => `/queues/${encodeURIComponent(f.queue)}`;

/** What becomes of work, and what people do to it. */
export const queueEvents = {
  'job.failed': event({
    family: 'system',
    label: 'A job failed',
    severity: 'bad',
    facts: z.object({ queue: z.string(), job: z.string(), reason: text }),
    title: f => `failed a job of ${f.queue}: ${f.reason}`,
    link: jobLink,
  }),
  'queue.paused': event({
    family: 'system',
    label: 'A queue was paused',
    severity: 'warn',
    facts: z.object(queue),
    title: f => `paused the queue ${f.queue}`,
    link: queueLink,
  }),
  'queue.resumed': event({
    family: 'system',
    label: 'A queue was resumed',
    severity: 'good',
    facts: z.object(queue),
    title: f => `resumed the queue ${f.queue}`,
    link: queueLink,
  }),
  'job.retried': event({
    family: 'system',
    label: 'A failed job was tried again',
    severity: 'info',
    facts: z.object({ ...queue, job: z.string() }),
    title: f => `had a job of ${f.queue} tried again`,
    link: f => `/queues/${encodeURIComponent(f.queue)}/${encodeURIComponent(f.job)}`,
  }),
  'job.removed': event({
    family: 'system',
    label: 'A job was removed',
    severity: 'warn',
    facts: z.object({ ...queue, job: z.string() }),
    title: f => `removed a job of ${f.queue}`,
    link: queueLink,
  }),
  'jobs.retried': event({
    family: 'system',
    label: 'Failed jobs were tried again',
    severity: 'info',
    facts: z.object({ ...queue, jobs: z.int() }),
    title: f => `had ${f.jobs} failed ${f.jobs === 1 ? 'job' : 'jobs'} of ${f.queue} tried again`,
    link: queueLink,
  }),
  'jobs.removed': event({
    family: 'system',
    label: 'Failed jobs were removed',
    severity: 'warn',
    facts: z.object({ ...queue, jobs: z.int() }),
    title: f => `removed ${f.jobs} failed ${f.jobs === 1 ? 'job' : 'jobs'} of ${f.queue}`,
    link: queueLink,
  }),
} as const;
