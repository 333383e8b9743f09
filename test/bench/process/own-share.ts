import type { Child } from './child.ts';

/** Where this process is the load generator: its CPU over the server's while `work` runs. */
export async function ownShare(server: Child, work: () => Promise<void>): Promise<number> {
  const [before, own] = [await server.cpu(), process.cpuUsage()];
  await work();
  const [after, spent] = [await server.cpu(), process.cpuUsage(own)];
  return (spent.user + spent.system) / (after.user + after.system - before.user - before.system);
}
