import { organisation } from '../settings/queries.ts';
import { businessOf, current } from './_business.ts';
import { overTime } from './_over-time.ts';
import { minutes, widget } from './_widget.ts';

export default widget({
  id: 'tickets',
  title: 'Tickets over time',
  description: 'How many tickets were opened and closed.',
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
        { id: 'opened', label: 'Opened' },
        { id: 'closed', label: 'Closed' },
      ],
      timeZone: (await organisation(em)).timeZone,
    }),
    empty: 'No ticket was opened or closed.',
  })),
});
