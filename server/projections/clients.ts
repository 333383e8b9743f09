import type { EntityManager } from '@mikro-orm/postgresql';
import { client, invoice, order, ticket } from '#contract/events/business.ts';
import { ProjectedClient } from './ProjectedClient.ts';
import { type Happened, type Told, rowsOf, toldOf } from './happened.ts';
import { hear } from './heard.ts';

type Act = Pick<Told<unknown>, 'at' | 'stamp'> & { client: string; deed: string; thing: string };

/** What clients did by themselves, among what happened to them. */
function actsIn(events: readonly Happened[]): Act[] {
  const tickets = toldOf(events, 'ticket', ticket).map(({ facts, ...told }) => ({
    ...told,
    ...facts,
    noun: 'ticket',
    thing: facts.ticket,
  }));
  const invoices = toldOf(events, 'invoice', invoice).map(({ facts, ...told }) => ({
    ...told,
    ...facts,
    noun: 'invoice',
    thing: facts.invoice,
  }));
  const orders = toldOf(events, 'order', order).map(({ facts, ...told }) => ({ ...told, ...facts, noun: 'order', thing: facts.order }));
  return [
    ...tickets.filter(({ verb, by }) => (verb === 'opened' || verb === 'replied') && by !== 'staff'),
    ...invoices.filter(({ verb }) => verb === 'paid'),
    ...orders.filter(({ verb }) => verb === 'placed'),
  ].flatMap(({ client, noun, verb, thing, at, stamp }) =>
    client === undefined || client === '' ? [] : [{ client, deed: `${noun}.${verb}`, thing, at, stamp }],
  );
}

/** Keeps what each client did last, by the name or number that events give it. */
export async function takeClients(em: EntityManager, events: readonly Happened[]): Promise<void> {
  const told = toldOf(events, 'client', client);
  const acts = actsIn(events);
  const keys = [...told.map(({ facts }) => facts.client), ...acts.map(({ client }) => client)];
  if (keys.length === 0) return;
  const known = await em.find(ProjectedClient, { client: { $in: keys } });
  const rows = rowsOf(keys, new Map(known.map(row => [row.client, row])), key => em.create(ProjectedClient, { client: key, heard: {} }));
  for (const { verb, at, stamp, facts } of told) {
    const row = rows.get(facts.client);
    if (!row) continue;
    hear(row, { name: facts.name, closed: verb === 'updated' ? undefined : verb === 'closed' }, stamp);
    if (verb === 'added') hear(row, { deed: 'client.added', thing: facts.client, deedAt: at }, stamp);
  }
  for (const { client, deed, thing, at, stamp } of acts) {
    const row = rows.get(client);
    if (row) hear(row, { deed, thing, deedAt: at }, stamp);
  }
}
