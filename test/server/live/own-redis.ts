import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { Redis } from '#server/embedded/redis.ts';
import { test as base } from '../../support/world.ts';

/** A Redis of the test's own, to be stopped and started again. It remembers nothing unless the settings say so. */
export const test = base.extend('store', async ({}, { onCleanup }) => {
  const { dir, redis: binary } = inject('services');
  const where = `${dir}/r-${randomUUID().slice(0, 8)}`;
  let server = await new Redis(binary, where).start();
  onCleanup(() => server.stop());
  return {
    url: server.url,
    stop: () => server.stop(),
    async start() {
      server = await new Redis(binary, where).start();
    },
  };
});
