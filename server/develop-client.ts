import type { Server } from 'node:http';
import type Koa from 'koa';
import { connect } from './platform/http/pages.ts';

/** Serves the client from its sources through Vite, on our own port: one origin, as in production, with pages that update themselves. */
export async function developClient(http: Server, stack: AsyncDisposableStack): Promise<Koa.Middleware[]> {
  const { createServer } = await import('vite');
  const vite = await createServer({ root: 'client', server: { middlewareMode: true, hmr: { server: http } }, appType: 'custom' });
  stack.defer(() => vite.close());
  return [connect(vite.middlewares)];
}
