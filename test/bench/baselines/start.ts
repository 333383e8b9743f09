import { CORE } from '../machine.ts';
import { Child } from '../process/child.ts';
import { Remote } from '../process/rpc.ts';
import type { Bench } from '../scenario.ts';
import type { Baseline } from './_baseline.ts';

export type BaselineName = 'ws-send' | 'ws-prebuilt' | 'bare-socketio';

/** Starts a baseline on the server's core. `channel` is where it hears of broadcasts. */
export async function startBaseline(
  name: BaselineName,
  channel: string,
  { stores, machine, cleanup }: Bench,
): Promise<{ server: Child; port: number }> {
  const env = { BENCH_REDIS: stores.redisUrl, BENCH_CHANNEL: channel };
  const server = cleanup.use(new Child({ name, file: `${import.meta.dirname}/${name}.ts`, env, machine, core: CORE.server }));
  return { server, port: await new Remote<Baseline>(server.process, 'baseline').ask('port', undefined) };
}
