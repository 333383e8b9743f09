import { listQueues } from '../queues/queries.ts';
import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';

export default widget({
  id: 'needs-attention-jobs',
  title: 'Needs attention: jobs',
  description: 'Jobs that were given up, until they are tried again or removed.',
  view: 'list',
  needs: 'queues.view',
  partOf: 'needs-attention',
  refreshOn: ['job.failed', 'job.retried', 'jobs.retried', 'job.removed', 'jobs.removed'],
  every: minutes(5),
  resend: minutes(10),
  load: async tools => {
    const troubled = (await listQueues(tools.em, tools)).filter(({ failed }) => failed > 0);
    const [first] = troubled;
    return concerns([
      {
        id: 'jobs-failed',
        count: troubled.reduce((sum, { failed }) => sum + failed, 0),
        one: `A job of ${first?.name ?? ''} failed`,
        several: troubled.length === 1 && first ? `Jobs of ${first.name} failed` : 'Jobs failed',
        lamp: 'bad',
        href: troubled.length === 1 && first ? `/queues/${encodeURIComponent(first.name)}?state=failed` : '/queues',
        action: 'Retry or inspect',
      },
    ]);
  },
});
