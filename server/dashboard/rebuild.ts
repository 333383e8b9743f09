import type { Producer } from '../platform/queue.ts';

/** The queue in which widgets wait to be loaded. */
export const REBUILD = 'rebuild-widget';

/**
 * Has a worker load a widget again. While one such job waits another adds nothing; while one runs, one more follows.
 * @param delayMs not before so many ms have passed, so that what happens meanwhile is shown together.
 * @throws Problem `unavailable` while Redis is away
 */
export const requestRebuild = (producer: Producer, widgetId: string, delayMs?: number): Promise<void> =>
  producer.add(REBUILD, { widgetId }, { key: widgetId, ...(delayMs === undefined ? {} : { delayMs }) });
