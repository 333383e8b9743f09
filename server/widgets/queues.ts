import { listQueues } from '../queues/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { seconds, widget } from './_widget.ts';

export default widget({
  id: 'queues',
  title: later('Queues'),
  description: later('What the workers are doing, and what waits for them.'),
  view: 'table',
  columns: 3,
  rows: 5,
  weight: 70,
  needs: 'queues.view',
  every: seconds(5),
  resend: seconds(15),
  load: async tools => {
    const queues = await listQueues(tools.em, tools);
    return {
      columns: [
        { key: 'name', label: sayAll('Queue'), kind: 'mono' },
        { key: 'waiting', label: sayAll('Waiting'), kind: 'number' },
        { key: 'active', label: sayAll('Active'), kind: 'number' },
        { key: 'failed', label: sayAll('Failed'), kind: 'number' },
        { key: 'oldest', label: sayAll('Oldest wait'), kind: 'duration' },
        { key: 'workers', label: sayAll('Workers'), kind: 'number' },
      ],
      rows: queues.map(({ name, waiting, active, failed, oldestWaitMs, workers, lamp }) => ({
        lamp,
        cells: { name, waiting, active, failed, oldest: oldestWaitMs, workers },
      })),
      empty: sayAll('No worker has been seen yet.'),
    };
  },
});
