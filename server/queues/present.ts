import type { Job } from 'bullmq';
import type { JobRow, JobState, JobView } from '#contract/queues.ts';
import { redacted } from './redact.ts';

const LONGEST = 2000; // characters
const when = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const presentJob = (job: Job, state: JobState): JobRow => ({
  id: job.id ?? '',
  state,
  madeAt: new Date(job.timestamp).toISOString(),
  startedAt: when(job.processedOn),
  finishedAt: when(job.finishedOn),
  dueAt: state === 'delayed' ? new Date(job.timestamp + job.delay).toISOString() : null,
  tries: job.attemptsMade,
  maxTries: job.opts.attempts ?? 1,
  error: job.failedReason ? job.failedReason.slice(0, LONGEST) : null,
  // BullMQ says 0 of a job that says nothing
  progress: typeof job.progress === 'number' && job.progress > 0 ? job.progress : null,
});

function deliveryOf(job: Job): string | null {
  const data: unknown = job.data;
  const id: unknown = typeof data === 'object' && data !== null && 'deliveryId' in data ? data.deliveryId : undefined;
  return typeof id === 'string' && UUID.test(id) ? id : null;
}

export const presentWholeJob = (job: Job, state: JobState): JobView => ({
  ...presentJob(job, state),
  payload: redacted(job.data),
  stacks: (job.stacktrace ?? []).map(stack => stack.slice(0, LONGEST)),
  deliveryId: deliveryOf(job),
  scheduled: job.repeatJobKey !== undefined,
});
