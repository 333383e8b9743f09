import type { InEach } from '#contract/languages.ts';
import { ProjectedClient } from '../projections/ProjectedClient.ts';
import { later, sayAll } from '../words/say.ts';
import { businessOf, current } from './_business.ts';
import { minutes, widget } from './_widget.ts';

const SHOWN = 15;

/** What a client did last, said after its name. */
const deeds: Record<string, (thing: string) => InEach> = {
  'client.added': () => sayAll('became a client'),
  'order.placed': order => sayAll('placed order {order}', { order }),
  'invoice.paid': invoice => sayAll('paid invoice {invoice}', { invoice }),
  'ticket.opened': ticket => sayAll('opened ticket {ticket}', { ticket }),
  'ticket.replied': ticket => sayAll('replied to ticket {ticket}', { ticket }),
};

export default widget({
  id: 'client-activity',
  title: later('Client activity'),
  description: later('The clients that did something last, and what it was.'),
  view: 'list',
  rows: 8,
  weight: 28,
  needs: 'clients.view',
  refreshOn: businessOf('client', 'order', 'invoice', 'ticket'),
  every: minutes(5), // that the figures stand still is no event
  resend: minutes(10),
  load: current(async ({ em }) => {
    const clients = await em.find(ProjectedClient, { deedAt: { $ne: null } }, { orderBy: { deedAt: 'desc', client: 'asc' }, limit: SHOWN });
    return {
      items: clients.map(({ client, name, deed, thing, deedAt, closed }) => ({
        id: client.slice(0, 300),
        ...(deedAt && { at: deedAt.getTime() }),
        who: (name || client).slice(0, 300),
        text: deeds[deed ?? '']?.(thing ?? '') ?? '',
        ...(closed && { note: sayAll('closed since'), lamp: 'idle' as const }),
      })),
      empty: sayAll('No client has done anything yet. Events about orders, invoices, tickets and clients fill this list.'),
    };
  }),
});
