import type { Lamp, Figures } from '#contract/widgets.ts';
import { providerLabel } from '../notifications/provider-label.ts';
import { inEach, later, say, sayAll } from '../words/say.ts';
import { seconds, minutes, widget } from './_widget.ts';

/** By provider: what ended in the last 24 hours, and what has not ended yet. A provider that is set up stands there with nothing too. */
const HEALTH = `
  with mine as (
    select provider, state, due_at, finished_at from delivery where not test and finished_at >= now() - interval '24 hours'
    union all
    select provider, state, due_at, finished_at from delivery where not test and state in ('queued', 'sending', 'retrying')),
  told as (
    select provider,
           count(*) filter (where state = 'sent')::int as sent,
           count(*) filter (where state in ('queued', 'sending'))::int as waiting,
           count(*) filter (where state = 'retrying')::int as retrying,
           count(*) filter (where state = 'failed')::int as failed,
           percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from finished_at - due_at) * 1000)
             filter (where state = 'sent') as times
      from mine group by provider)
  select coalesce(told.provider, set_up.id) as provider, paused_at is not null as paused, coalesce(sent, 0) as sent,
         coalesce(waiting, 0) as waiting, coalesce(retrying, 0) as retrying, coalesce(failed, 0) as failed,
         times[1]::float8 as p50, times[2]::float8 as p95
    from told full join provider_activation set_up on set_up.id = told.provider order by 1`;

interface Health {
  provider: string;
  paused: boolean;
  sent: number;
  waiting: number;
  retrying: number;
  failed: number;
  /** ms from when it was to go out until the provider's yes. */
  p50: number | null;
  p95: number | null;
}

const lampOf = ({ paused, sent, retrying, failed, waiting }: Health): Lamp => {
  if (paused) return 'bad';
  if (failed > 0 || retrying > 0) return 'warn';
  return sent > 0 ? 'ok' : waiting > 0 ? 'busy' : 'idle';
};

const row = (health: Health): Figures<'table'>['rows'][number] => {
  const { provider, paused, sent, waiting, retrying, failed, p50, p95 } = health;
  const name = () => providerLabel(provider);
  return {
    lamp: lampOf(health),
    cells: {
      provider: inEach(() => (paused ? say('{provider} (paused)', { provider: name() }) : name())),
      sent,
      waiting,
      retrying,
      failed,
      p50: p50 === null ? null : Math.round(p50),
      p95: p95 === null ? null : Math.round(p95),
    },
    href: `/notifications/log?provider=${encodeURIComponent(provider)}`,
  };
};

export default widget({
  id: 'delivery-health',
  title: later('Delivery health'),
  description: later('Of the last 24 hours: what each provider took, what waits, and how long sending took; tests left out.'),
  view: 'table',
  columns: 3,
  rows: 4,
  weight: 46,
  needs: 'deliveries.view',
  refreshOn: ['delivery.failed', 'delivery.replayed', 'provider.activated', 'provider.deactivated', 'provider.paused'],
  every: seconds(30), // no event tells of each message that was sent
  resend: minutes(1),
  load: async ({ em }) => ({
    columns: [
      { key: 'provider', label: sayAll('Provider'), kind: 'text' },
      { key: 'sent', label: sayAll('Sent'), kind: 'number' },
      { key: 'waiting', label: sayAll('Waiting'), kind: 'number' },
      { key: 'retrying', label: sayAll('Retrying'), kind: 'number' },
      { key: 'failed', label: sayAll('Failed'), kind: 'number' },
      { key: 'p50', label: sayAll('Half within'), kind: 'duration' },
      { key: 'p95', label: sayAll('95 % within'), kind: 'duration' },
    ],
    rows: (await em.execute<Health[]>(HEALTH)).map(row),
    empty: sayAll('No provider is set up, and nothing was sent.'),
  }),
});
