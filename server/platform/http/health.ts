import ipaddr from 'ipaddr.js';
import type { IncomingMessage } from 'node:http';
import type { Middleware } from 'koa';
import { metricsText } from '../metrics.ts';
import { ask } from '../redis.ts';
import type { ServerTools } from '../tools.ts';

/** Whether the database answers; `undefined` if so, else what to say. Neither host nor version: anybody may ask. */
async function missing(tools: ServerTools): Promise<string | undefined> {
  try {
    await tools.orm.em.fork().execute('select 1');
  } catch {
    return 'PostgreSQL does not answer.';
  }
  return undefined;
}

/** Redis carries the fast road only: without it Quarterdeck serves on, and says so. */
const isFast = (tools: ServerTools): Promise<boolean> =>
  ask(tools.redis, client => client.ping()).then(
    () => true,
    () => false,
  );

/** From this very machine, and not on behalf of somebody else. */
const isLocal = ({ socket, headers }: IncomingMessage): boolean =>
  headers['x-forwarded-for'] === undefined &&
  ipaddr.isValid(socket.remoteAddress ?? '') &&
  ipaddr.process(socket.remoteAddress ?? '').range() === 'loopback';

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work; 503 names what is missing. `/metrics`: Prometheus' text format,
 * for whoever asks from this machine; a proxy is no such.
 */
export const health =
  (tools: ServerTools): Middleware =>
  async (ctx, next) => {
    if (ctx.path === '/healthz') {
      ctx.body = { ok: true };
    } else if (ctx.path === '/readyz') {
      const cause = await missing(tools);
      ctx.status = cause === undefined ? 200 : 503;
      ctx.body =
        cause === undefined
          ? { ready: true, ...((await isFast(tools)) ? {} : { degraded: 'Redis does not answer: live updates and jobs wait.' }) }
          : { ready: false, cause };
    } else if (ctx.path === '/metrics' && isLocal(ctx.req)) {
      ctx.type = 'text/plain; version=0.0.4';
      ctx.body = await metricsText();
    } else {
      await next();
    }
  };
