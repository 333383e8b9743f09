import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { keepWatch } from '#server/health/keep-watch.ts';
import { watch } from './job.ts';

/** Says that this worker lives, and looks after what all of them stand on. */
export default watch({
  id: 'watch-vitals',
  start: tools => Promise.resolve(keepWatch(tools, { id: randomUUID(), name: `${hostname()}/${process.pid}` })),
});
