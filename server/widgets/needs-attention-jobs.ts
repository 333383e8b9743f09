import { listQueues } from '../queues/queries.ts';
import { concerns } from './_needs-attention.ts';
import { minutes, widget } from './_widget.ts';
import { later, sayAll } from '../words/say.ts';

export default widget({
  id: 'needs-attention-jobs',
  title: later('Needs attention: jobs'),
  description: later('Jobs that were given up, until they are tried again or removed.'),
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
        one: sayAll('A job of {queue} failed', { queue: first?.name ?? '' }),
        several: troubled.length === 1 && first ? sayAll('Jobs of {queue} failed', { queue: first.name }) : sayAll('Jobs failed'),
        lamp: 'bad',
        href: troubled.length === 1 && first ? `/queues/${encodeURIComponent(first.name)}?state=failed` : '/queues',
        action: sayAll('Retry or inspect'),
      },
    ]);
  },
});
