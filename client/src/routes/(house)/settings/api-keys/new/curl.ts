import type { Scope } from '#contract/permissions.ts';
import { curl } from '#lib/curl.ts';

const READS: Record<Exclude<Scope, 'events.write'>, string> = {
  'events.read': '/api/events?after=0',
  'presence.view': '/api/presence',
  'activity.view': '/api/activity',
  'deliveries.view': '/api/deliveries',
  'queues.view': '/api/queues',
};
const EXAMPLE = { id: 'first-1', type: 'custom.hello', facts: { title: 'Hello from a program' } };

/** A line for the shell that shows that a key works, for the first of its scopes. */
export function curlLine(origin: string, key: string, scopes: readonly Scope[]): string {
  const [scope = 'events.write'] = scopes;
  return scope === 'events.write'
    ? curl({ method: 'POST', url: `${origin}/api/events`, key, body: EXAMPLE })
    : curl({ method: 'GET', url: `${origin}${READS[scope]}`, key });
}
