import type { businessEvents } from '#contract/events/business.ts';
import { sumInWords } from '../../moments.ts';
import type { EventWords } from '../../event-words.ts';

type Kinds = typeof businessEvents;
type Facts<T extends keyof Kinds> = Parameters<Kinds[T]['title']>[0];

const quoted = (words: string | undefined): string => (words ? `: ${words}` : '');
const of = (name: string | undefined): string => (name ? ` von ${name}` : '');
const ticket = (ends: string) => (f: Facts<'ticket.opened'>) => `hat Ticket ${f.ticket} ${ends}${quoted(f.subject)}`;
const invoice = (ends: string) => (f: Facts<'invoice.paid'>) => `hat Rechnung ${f.invoice}${of(f.client)} ${ends}: ${sumInWords(f.total)}`;
const order = (ends: string) => (f: Facts<'order.placed'>) => `hat Bestellung ${f.order}${of(f.client)} ${ends}: ${sumInWords(f.total)}`;
const service = (ends: string) => (f: Facts<'service.failed'>) =>
  `${ends.replace('…', () => `Dienst ${f.service}${of(f.client)}`)}${quoted(f.reason)}`;
const domain = (ends: string) => (f: Facts<'domain.failed'>) =>
  `${ends.replace('…', () => `${f.domain}${of(f.client)}`)}${quoted(f.reason)}`;
const client = (ends: string) => (f: Facts<'client.added'>) => `hat den Kunden ${f.name ?? f.client} ${ends}`;

export const business: EventWords<Kinds> = {
  'ticket.opened': { label: 'Ein Ticket wurde eröffnet', title: ticket('eröffnet') },
  'ticket.replied': { label: 'Ein Ticket wurde beantwortet', title: ticket('beantwortet') },
  'ticket.status-changed': { label: 'Der Status eines Tickets änderte sich', title: ticket('einen anderen Status gegeben') },
  'ticket.priority-changed': { label: 'Die Priorität eines Tickets änderte sich', title: ticket('eine andere Priorität gegeben') },
  'ticket.department-changed': { label: 'Ein Ticket kam in eine andere Abteilung', title: ticket('in eine andere Abteilung gegeben') },
  'ticket.assigned': { label: 'Ein Ticket wurde zugewiesen', title: ticket('zugewiesen') },
  'ticket.closed': { label: 'Ein Ticket wurde geschlossen', title: ticket('geschlossen') },
  'invoice.created': { label: 'Eine Rechnung wurde gestellt', title: invoice('gestellt') },
  'invoice.paid': { label: 'Eine Rechnung wurde bezahlt', title: invoice('bezahlt') },
  'invoice.refunded': { label: 'Eine Rechnung wurde erstattet', title: invoice('erstattet') },
  'invoice.overdue': { label: 'Eine Rechnung ist überfällig', title: invoice('überfällig werden lassen') },
  'invoice.cancelled': { label: 'Eine Rechnung wurde storniert', title: invoice('storniert') },
  'order.placed': { label: 'Eine Bestellung ging ein', title: order('aufgegeben') },
  'order.accepted': { label: 'Eine Bestellung wurde angenommen', title: order('angenommen') },
  'order.cancelled': { label: 'Eine Bestellung wurde storniert', title: order('storniert') },
  'order.marked-as-fraud': { label: 'Eine Bestellung wurde als Betrug markiert', title: order('als Betrug markiert') },
  'service.provisioned': { label: 'Ein Dienst wurde bereitgestellt', title: service('hat … bereitgestellt') },
  'service.suspended': { label: 'Ein Dienst wurde gesperrt', title: service('hat … gesperrt') },
  'service.unsuspended': { label: 'Ein Dienst wurde entsperrt', title: service('hat … entsperrt') },
  'service.terminated': { label: 'Ein Dienst wurde beendet', title: service('hat … beendet') },
  'service.failed': { label: 'Ein Dienst schlug fehl', title: service('konnte … nicht bereitstellen') },
  'domain.registered': { label: 'Eine Domain wurde registriert', title: domain('hat … registriert') },
  'domain.renewed': { label: 'Eine Domain wurde verlängert', title: domain('hat … verlängert') },
  'domain.transferred': { label: 'Eine Domain wurde übertragen', title: domain('hat … übertragen') },
  'domain.failed': { label: 'Eine Domain schlug fehl', title: domain('konnte … nicht registrieren oder verlängern') },
  'client.added': { label: 'Ein Kunde kam hinzu', title: client('angelegt') },
  'client.updated': { label: 'Ein Kunde wurde geändert', title: client('geändert') },
  'client.closed': { label: 'Ein Kunde wurde geschlossen', title: client('geschlossen') },
};
