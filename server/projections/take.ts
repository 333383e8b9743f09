import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';
import { ProjectedClient } from './ProjectedClient.ts';
import { ProjectedInvoice } from './ProjectedInvoice.ts';
import { ProjectedOrder } from './ProjectedOrder.ts';
import { ProjectedPayment } from './ProjectedPayment.ts';
import { ProjectedTicket, ProjectedTicketWord } from './ProjectedTicket.ts';
import { takeClients } from './clients.ts';
import type { Happened } from './happened.ts';
import { takeInvoices } from './invoices.ts';
import { takeOrders } from './orders.ts';
import { takePayments } from './payments.ts';
import { takeTickets } from './tickets.ts';

/** All that is made of events here, and can be made of them again. */
export const PROJECTED: readonly EntityClass<object>[] = [
  ProjectedPayment,
  ProjectedInvoice,
  ProjectedOrder,
  ProjectedTicket,
  ProjectedTicketWord,
  ProjectedClient,
];

/**
 * Adds what happened to the figures, in the caller's transaction. In which order events come makes no difference, and one that
 * comes again changes nothing.
 */
export async function take(em: EntityManager, events: readonly Happened[]): Promise<void> {
  await takePayments(em, events);
  await takeInvoices(em, events);
  await takeOrders(em, events);
  await takeTickets(em, events);
  await takeClients(em, events);
  await em.flush();
}
