import { SOCKET_IO } from '../load/target.ts';
import { Audience } from '../process/audience.ts';
import type { Bench } from '../scenario.ts';
import type { Product } from './product.ts';

export interface DashboardsOptions {
  /** Open tabs, the witness's not counted. */
  clients: number;
  /** Of the people whose tabs they are, in turn; the last one is the witness. */
  cookies: readonly string[];
  /** Handshakes under way at once. */
  inFlight: number;
}

/** Opens dashboards of people who are signed in, as far as the server can tell. */
export async function openDashboards(product: Product, { clients, cookies, inFlight }: DashboardsOptions, bench: Bench): Promise<Audience> {
  const audience = new Audience(product.server, bench.machine, bench.cleanup);
  const [witnessCookie = ''] = cookies.slice(-1);
  await audience.connect({ port: product.port, ...SOCKET_IO, cookies: cookies.slice(0, -1), witnessCookie, clients, inFlight });
  return audience;
}
