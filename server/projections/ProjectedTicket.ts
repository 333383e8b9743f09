import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Heard } from './heard.ts';

const ProjectedTicketSchema = defineEntity({
  name: 'ProjectedTicket',
  properties: {
    ticket: p.text().primary(),
    subject: p.text().nullable(),
    department: p.text().nullable(),
    client: p.text().nullable(),
    /** Whether the last word about it was another than that it was closed. */
    open: p.boolean().default(true),
    /** The first word of the client's that nobody has answered. */
    awaitingSince: p.datetime().nullable(),
    heard: p.json<Heard>(),
  },
  indexes: [
    {
      name: 'projected_ticket_open',
      expression: 'create index "projected_ticket_open" on "projected_ticket" ("department", "awaiting_since") where "open"',
    },
  ],
});
/** Where a ticket stands. */
export class ProjectedTicket extends ProjectedTicketSchema.class {}
ProjectedTicketSchema.setClass(ProjectedTicket);

const ProjectedTicketWordSchema = defineEntity({
  name: 'ProjectedTicketWord',
  properties: {
    /** The event that told of it, so that it is counted once. */
    event: p.uuid().primary(),
    ticket: p.text(),
    at: p.datetime(),
    verb: p.enum(['opened', 'replied', 'closed']),
    /** Whether the client has nothing to wait for after it: staff wrote it, or it closed the ticket. */
    answers: p.boolean(),
  },
  indexes: [{ properties: ['ticket', 'answers', 'at', 'event'] }, { properties: ['verb', 'at'] }],
});
/** A word in a ticket: that it was opened, replied to or closed. */
export class ProjectedTicketWord extends ProjectedTicketWordSchema.class {}
ProjectedTicketWordSchema.setClass(ProjectedTicketWord);
