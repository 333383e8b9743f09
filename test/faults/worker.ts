import { startWorkers } from '#jobs/_start.ts';
import type { ServerToBrowser } from '#contract/live.ts';
import { readEnv } from '#server/env.ts';
import { Broadcast } from '#server/platform/live/broadcast.ts';
import type { Room } from '#server/platform/live/rooms.ts';
import { createLog } from '#server/platform/log.ts';
import { Outbound } from '#server/platform/outbound.ts';
import { openTools } from '#server/tools.ts';

/**
 * A worker that kills itself, as a machine without power does: each time so many messages have come to a moment. The moment and the
 * number are its arguments.
 */
const [moment = 'never', every = '1'] = process.argv.slice(2);
let came = 0;
function dieAt(now: string): void {
  if (now === moment && ++came >= Number(every)) process.kill(process.pid, 'SIGKILL');
}

class DeadlyOutbound extends Outbound {
  override async request(...asked: Parameters<Outbound['request']>): Promise<Response> {
    dieAt('before-send');
    const answer = await super.request(...asked);
    dieAt('after-send');
    return answer;
  }
}
class DeadlyBroadcast extends Broadcast {
  override send<E extends keyof ServerToBrowser>(room: Room, event: E, ...args: Parameters<ServerToBrowser[E]>): void {
    super.send(room, event, ...args);
    if (JSON.stringify(args).includes('"state":"sent"')) dieAt('after-mark');
  }
}

const { databaseUrl, redisUrl, secretKey, ...env } = readEnv(process.env);
if (databaseUrl === undefined || redisUrl === undefined || secretKey === undefined) throw new Error('no stores were named');
const log = createLog(env.logLevel);
const opened = await openTools({ ...env, databaseUrl, redisUrl, secretKey }, log, 'http://127.0.0.1');
const deadly = {
  outbound: new DeadlyOutbound({ allowedPrivateHosts: env.allowedPrivateHosts, operatorUrls: [env.slackApiUrl] }),
  broadcast: new DeadlyBroadcast(opened.tools.redis, { log }),
};
const workers = await startWorkers({ ...opened, tools: { ...opened.tools, ...deadly } }, { widgets: new Map() });
process.send?.('ready');
const stop = async (): Promise<never> => {
  await workers.stop();
  await opened.close();
  process.exit();
};
process.on('SIGTERM', () => void stop());
process.on('disconnect', () => void stop());
