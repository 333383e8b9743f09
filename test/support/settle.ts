import { expect } from 'vitest';
import { Consequences } from '#jobs/_consequences.ts';
import { dispatch } from '#jobs/_dispatch.ts';
import { startWorkers } from '#jobs/_start.ts';
import type { WorkTools } from '#jobs/job.ts';
import { createLog } from '#server/platform/log.ts';
import { callRoll } from '#server/queues/roll-call.ts';
import { type OpenTools, openTools } from '#server/tools.ts';
import { loadWidgets } from '#server/widgets/_load.ts';
import type { Widget } from '#server/widgets/_widget.ts';
import { envFor } from './app.ts';

interface Options {
  /** Settings beyond those of every test. */
  env?: Record<string, string>;
  /** Instead of those in `server/widgets`. */
  widgets?: ReadonlyMap<string, Widget>;
  /** What links in mails begin with. */
  baseUrl?: string;
}

export interface Work extends OpenTools {
  /** Dispatches and works until nothing waits. What is delayed stays so. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Work that begins when a test says so, and ends before the test goes on: neither the clock nor an event starts any. */
export async function startWork(
  database: string,
  redisUrl: string,
  { env = {}, widgets, baseUrl = 'http://127.0.0.1' }: Options = {},
): Promise<Work> {
  const opened = await openTools(envFor(database, redisUrl, env), createLog('silent'), baseUrl);
  const tools: WorkTools = { ...opened.tools, widgets: widgets ?? (await loadWidgets()) };
  const workers = await startWorkers(opened, { widgets: tools.widgets, byItself: false });
  const { workers: queues } = await callRoll(tools.redis, tools.producer.prefix);
  const consequences = new Consequences(tools);

  const busy = async (): Promise<number> => {
    const counts = await Promise.all([...queues.keys()].map(name => tools.producer.queue(name).getJobCounts('waiting', 'active')));
    return counts.reduce((sum, { waiting = 0, active = 0 }) => sum + waiting + active, 0);
  };
  const dispatchAll = async (): Promise<boolean> => {
    const batch = await dispatch(tools);
    await consequences.draw(batch);
    return batch.sealed.length > 0;
  };

  const settle = async (): Promise<void> => {
    while (await dispatchAll()) await expect.poll(busy, { interval: 10, timeout: 10_000 }).toBe(0);
    await expect.poll(busy, { interval: 10, timeout: 10_000 }).toBe(0);
    if (await dispatchAll()) await settle(); // jobs record events too
    await tools.broadcast.flush();
  };
  return {
    ...opened,
    settle,
    stop: async () => {
      await workers.stop();
      await opened.close();
    },
  };
}
