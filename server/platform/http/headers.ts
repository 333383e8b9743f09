import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';

/** On every answer, failures too. A page adds its content policy. */
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
  vary: 'Cookie',
} as const;

/** Names the request and sets what every answer carries. @param secure over https: browsers shall never come by http again */
export const headers =
  (secure: boolean): Middleware =>
  async (ctx, next) => {
    const requestId = randomUUID();
    ctx.state['requestId'] = requestId;
    ctx.set(always);
    ctx.set('x-request-id', requestId);
    if (secure) ctx.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
    await next();
  };
