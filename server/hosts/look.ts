import { OutboundError, type Outbound } from '../platform/outbound.ts';
import { say } from '../words/say.ts';
import type { WatchedHost } from './WatchedHost.ts';

export interface Seen {
  ms: number;
  /** Why it counts as a failure; null: it does not. */
  reason: string | null;
}

/** Looks at a host once. @param networks private ones that may be reached */
export async function lookAt(
  { target, expectedStatus, within }: Pick<WatchedHost, 'target' | 'expectedStatus' | 'within'>,
  outbound: Outbound,
  networks: readonly string[],
): Promise<Seen> {
  const began = performance.now();
  const seen = (reason: string | null): Seen => ({ ms: Math.round(performance.now() - began), reason });
  try {
    const status = await outbound.probe(target, { within, networks });
    return seen(
      status === undefined || status === expectedStatus
        ? null
        : say('It answers {status} instead of {expectedStatus}.', { status, expectedStatus }),
    );
  } catch (error) {
    if (error instanceof OutboundError) return seen(error.message);
    throw error;
  }
}
