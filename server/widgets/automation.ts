import type { EntityManager } from '@mikro-orm/postgresql';
import type { InEach } from '#contract/languages.ts';
import { organisation } from '../settings/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { seconds, minutes, widget } from './_widget.ts';

/** What the jobs are for, by their files' names. One that is not here stands there by that name. */
const PURPOSES: Record<string, InEach> = {
  'check-hosts': sayAll('Checks the network’s hosts'),
  deliver: sayAll('Sends messages'),
  'expire-invitations': sayAll('Ends invitations that ran out'),
  'forget-host-checks': sayAll('Forgets old checks of hosts'),
  'forget-todos': sayAll('Forgets to-dos that were deleted'),
  'rebuild-widget': sayAll('Refreshes widgets'),
  'refresh-gravatars': sayAll('Fetches pictures from Gravatar'),
  'remind-invitees': sayAll('Reminds people of invitations'),
  'sweep-deliveries': sayAll('Finds messages that are due'),
  'verify-chain': sayAll('Verifies the activity log'),
};

/** Parameter: time zone. The organisation's day so far. */
const TODAY = `
  select job, sum(runs)::int as runs, sum(failed)::int as failed, sum(busy_ms)::float8 as busy,
         floor(extract(epoch from max(last_at)) * 1000)::float8 as last
    from job_tally where quarter >= date_trunc('day', now(), ?) group by job order by job`;

interface Done {
  job: string;
  runs: number;
  failed: number;
  busy: number;
  last: number;
}

/** Parameters: time zone, three times. What came of it, where there is something to count. */
const RESULTS = `
  select (select count(*)::int from event where type = 'invitation.expired' and at >= date_trunc('day', now(), ?)) as expired,
         (select count(*)::int from event where type = 'invitation.reminded' and at >= date_trunc('day', now(), ?)) as reminded,
         (select count(*)::int from delivery where state = 'sent' and finished_at >= date_trunc('day', now(), ?)) as sent`;

async function results(em: EntityManager, timeZone: string): Promise<Record<string, InEach>> {
  const [row] = await em.execute<{ expired: number; reminded: number; sent: number }[]>(RESULTS, [timeZone, timeZone, timeZone]);
  const { expired, reminded, sent } = row ?? { expired: 0, reminded: 0, sent: 0 };
  return {
    'expire-invitations': sayAll('{expired} ended', { expired }),
    'remind-invitees': sayAll('{reminded} reminded', { reminded }),
    deliver: sayAll('{sent} sent', { sent }),
  };
}

export default widget({
  id: 'automation',
  title: later('Automation'),
  description: later('What the workers did today, in the organisation’s day.'),
  view: 'table',
  columns: 3,
  rows: 6,
  weight: 72,
  needs: 'queues.view',
  refreshOn: ['job.failed', 'settings.changed'],
  every: seconds(30), // no event tells of each run
  resend: minutes(1),
  load: async ({ em }) => {
    const { timeZone } = await organisation(em);
    const done = await em.execute<Done[]>(TODAY, [timeZone]);
    const came = await results(em, timeZone);
    return {
      columns: [
        { key: 'job', label: sayAll('Job'), kind: 'text' },
        { key: 'runs', label: sayAll('Runs'), kind: 'number' },
        { key: 'result', label: sayAll('Result'), kind: 'text' },
        { key: 'failed', label: sayAll('Failed'), kind: 'number' },
        { key: 'last', label: sayAll('Last'), kind: 'ago' },
        { key: 'busy', label: sayAll('Working'), kind: 'duration' },
      ],
      rows: done.map(({ job, runs, failed, busy, last }) => ({
        lamp: failed > 0 ? 'warn' : 'ok',
        cells: { job: PURPOSES[job] ?? job, runs, result: came[job] ?? '', failed, last, busy },
      })),
      empty: sayAll('No worker has done anything today.'),
    };
  },
});
