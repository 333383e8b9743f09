import { z } from 'zod';
import { event, text } from './event.ts';

const queue = { queue: z.string() };
const queueLink = (f: { queue: string }): string => `/queues/${encodeURIComponent(f.queue)}`;
const worker = { worker: z.string(), working: z.int() };
const dependency = { dependency: z.enum(['PostgreSQL', 'Redis', 'the mail server']) };

/** A length of time as people say it. @param seconds whole ones */
function lasting(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** What Quarterdeck finds of itself and of what it stands on: each told when it goes wrong, and when it is well again. */
export const vitalEvents = {
  'queue.backed-up': event({
    family: 'system',
    label: 'A queue backed up',
    severity: 'bad',
    facts: z.object({ ...queue, waiting: z.int(), seconds: z.int() }),
    title: f => `found the queue ${f.queue} backed up: ${f.waiting} wait, the first of them for ${lasting(f.seconds)}`,
    link: queueLink,
  }),
  'queue.caught-up': event({
    family: 'system',
    label: 'A queue caught up',
    severity: 'good',
    facts: z.object({ ...queue, seconds: z.int() }),
    title: f => `found that the queue ${f.queue} caught up after ${lasting(f.seconds)}`,
    link: queueLink,
  }),
  'worker.gone': event({
    family: 'system',
    label: 'A worker is gone',
    severity: 'bad',
    facts: z.object(worker),
    title: f =>
      `misses the worker ${f.worker}: ${f.working === 0 ? 'nobody works now' : `${f.working} still ${f.working === 1 ? 'works' : 'work'}`}`,
    link: () => '/queues',
  }),
  'worker.back': event({
    family: 'system',
    label: 'A worker is back',
    severity: 'good',
    facts: z.object(worker),
    title: f => `has a worker again, ${f.worker}: ${f.working} ${f.working === 1 ? 'works' : 'work'} now`,
    link: () => '/queues',
  }),
  'dependency.down': event({
    family: 'system',
    label: 'Something that Quarterdeck stands on is down',
    severity: 'bad',
    facts: z.object({ ...dependency, reason: text }),
    title: f => `lost ${f.dependency}: ${f.reason}`,
    link: () => '/dashboard',
  }),
  'dependency.back': event({
    family: 'system',
    label: 'Something that Quarterdeck stands on is back',
    severity: 'good',
    facts: z.object({ ...dependency, seconds: z.int() }),
    title: f => `has ${f.dependency} again after ${lasting(f.seconds)}`,
    link: () => '/dashboard',
  }),
} as const;
