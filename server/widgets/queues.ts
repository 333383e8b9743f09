import { listQueues } from '../queues/queries.ts';
import { seconds, widget } from './_widget.ts';

export default widget({
  id: 'queues',
  title: 'Queues',
  description: 'What the workers are doing, and what waits for them.',
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
        { key: 'name', label: 'Queue', kind: 'mono' },
        { key: 'waiting', label: 'Waiting', kind: 'number' },
        { key: 'active', label: 'Active', kind: 'number' },
        { key: 'failed', label: 'Failed', kind: 'number' },
        { key: 'oldest', label: 'Oldest wait', kind: 'duration' },
        { key: 'workers', label: 'Workers', kind: 'number' },
      ],
      rows: queues.map(({ name, waiting, active, failed, oldestWaitMs, workers, lamp }) => ({
        lamp,
        cells: { name, waiting, active, failed, oldest: oldestWaitMs, workers },
      })),
      empty: 'No worker has been seen yet.',
    };
  },
});
