import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Middleware } from 'koa';

type Connect = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => unknown;
/** Lets connect-style middleware answer inside Koa. */
const connect =
  (answer: Connect): Middleware =>
  async (ctx, next) => {
    const passed = await new Promise<boolean>((resolve, reject) => {
      ctx.res.once('close', () => resolve(false));
      ctx.res.statusCode = 200;
      ctx.respond = false;
      answer(ctx.req, ctx.res, error => (error instanceof Error ? reject(error) : resolve(true)));
    });
    if (!passed) return;
    ctx.respond = true;
    ctx.res.statusCode = 404;
    await next();
  };

/** Serves the client from its sources through Vite, on our own port: one origin, as in production, with pages that update themselves. */
export async function developClient(http: Server, stack: AsyncDisposableStack): Promise<Middleware[]> {
  const { createServer } = await import('vite');
  const vite = await createServer({ root: 'client', server: { middlewareMode: true, hmr: { server: http } }, appType: 'custom' });
  stack.defer(() => vite.close());
  return [connect(vite.middlewares)];
}
