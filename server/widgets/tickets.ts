import { organisation } from '../settings/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { businessOf, current } from './_business.ts';
import { overTime } from './_over-time.ts';
import { minutes, widget } from './_widget.ts';

export default widget({
  id: 'tickets',
  title: later('Tickets over time'),
  description: later('How many tickets were opened and closed.'),
  view: 'series',
  columns: 2,
  rows: 5,
  weight: 27,
  needs: 'tickets.view',
  refreshOn: businessOf('ticket'),
  every: minutes(1), // the time that is looked at moves on
  load: current(async ({ em }) => ({
    kind: 'line', // side by side: one that was closed is not one more
    ranges: await overTime(em, {
      query: `select verb as kind, at, 1 as amount from projected_ticket_word where verb in ('opened', 'closed') and at >= ? and at <= now()`,
      kinds: [
        { id: 'opened', label: sayAll('Opened') },
        { id: 'closed', label: sayAll('Closed') },
      ],
      timeZone: (await organisation(em)).timeZone,
    }),
    empty: sayAll('No ticket was opened or closed.'),
  })),
});
