import { providers } from '../notifications/providers/_all.ts';
import { organisation } from '../settings/queries.ts';
import { inEach, later, sayAll, sayStored } from '../words/say.ts';
import { overTime } from './_over-time.ts';
import { minutes, widget } from './_widget.ts';

/** The view draws so many. */
const PROVIDERS = 8;

export default widget({
  id: 'notifications-sent',
  title: later('Notifications sent'),
  description: later('How many messages each provider took, tests left out.'),
  view: 'series',
  columns: 2,
  rows: 5,
  weight: 44,
  needs: 'deliveries.view',
  refreshOn: ['settings.changed', 'delivery.replayed'],
  every: minutes(1), // no event tells of each message that was sent
  load: async ({ em }) => {
    const { timeZone, setUpAt } = await organisation(em);
    return {
      kind: 'columns',
      ranges: await overTime(em, {
        query: `select provider as kind, finished_at as at, 1 as amount from delivery where state = 'sent' and not test and finished_at >= ? and finished_at <= now()`,
        kinds: [...providers.values()].slice(0, PROVIDERS).map(({ id, label }) => ({ id, label: inEach(() => sayStored(label)) })),
        timeZone,
        since: setUpAt ?? null,
      }),
      empty: sayAll('Nothing was sent.'),
    };
  },
});
