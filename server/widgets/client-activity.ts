import { ProjectedClient } from '../projections/ProjectedClient.ts';
import { businessOf, current } from './_business.ts';
import { minutes, widget } from './_widget.ts';

const SHOWN = 15;

/** What a client did last, said after its name. */
const deeds: Record<string, (thing: string) => string> = {
  'client.added': () => 'became a client',
  'order.placed': order => `placed order ${order}`,
  'invoice.paid': invoice => `paid invoice ${invoice}`,
  'ticket.opened': ticket => `opened ticket ${ticket}`,
  'ticket.replied': ticket => `replied to ticket ${ticket}`,
};

export default widget({
  id: 'client-activity',
  title: 'Client activity',
  description: 'The clients that did something last, and what it was.',
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
        ...(closed && { note: 'closed since', lamp: 'idle' as const }),
      })),
      empty: 'No client has done anything yet. Events about orders, invoices, tickets and clients fill this list.',
    };
  }),
});
