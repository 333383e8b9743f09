import type { Middleware } from 'koa';
import { Problem } from '../problem.ts';
import { say } from '../../words/say.ts';

/** Asked by machines, by whatever name they know us. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Answers for the host of the base URL alone. Another name of this machine is led there, since cookies and origins belong to one;
 * any other is refused. `Host` is compared as text and never put into an answer.
 */
export const ownHost = (baseUrl: string): Middleware => {
  const { host, hostname } = new URL(baseUrl);
  return async (ctx, next) => {
    const asked = (ctx.req.headers.host ?? '').toLowerCase();
    const name = asked.replace(/:\d+$/, '');
    if (asked === host || PROBES.has(ctx.path)) {
      await next();
    } else if (LOOPBACK.has(name) && LOOPBACK.has(hostname) && ctx.method === 'GET' && !ctx.path.startsWith('/api/')) {
      ctx.status = 307;
      ctx.set('location', `${baseUrl}${ctx.URL.pathname === '/' ? '' : encodeURI(decodeURI(ctx.URL.pathname))}`);
    } else {
      throw new Problem('wrong_host', { detail: say('This server answers at {baseUrl}.', { baseUrl }) });
    }
  };
};
