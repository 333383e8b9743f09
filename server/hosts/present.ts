import type { HostView } from '#contract/hosts.ts';
import type { WatchedHost } from './WatchedHost.ts';
import { sayStored } from '../words/say.ts';

export const presentHost = (host: WatchedHost): HostView => ({
  id: host.id,
  name: host.name,
  target: host.target,
  expectedStatus: host.expectedStatus,
  within: host.within,
  everySeconds: host.everySeconds,
  steady: host.steady,
  state: host.state,
  since: host.since?.toISOString() ?? null,
  last: host.lastAt
    ? { at: host.lastAt.toISOString(), ms: host.lastMs ?? 0, reason: host.lastReason ? sayStored(host.lastReason) : null }
    : null,
  version: host.version,
});
