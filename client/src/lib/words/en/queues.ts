/** What the page about queues says. */
export const queues = {
  title: 'Queues',
  table: 'Queues, their jobs and workers',
  lead: 'Work that follows from what happened: each kind waits in a queue of its own, so that a slow one holds up no other.',
  queue: 'Queue',
  waiting: 'Waiting',
  active: 'Active',
  delayed: 'Later',
  failed: 'Failed',
  oldest: 'Oldest wait',
  workers: 'Workers',
  nothingWaits: 'none',
  paused: 'paused',
  states: { ok: 'flows', warn: 'is slow', bad: 'is stuck', idle: 'is idle', busy: 'works' },
  none: 'No worker has said what it works on yet. Start one: npm start brings it, or npm start -- work on another machine.',
};
