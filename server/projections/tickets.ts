import type { EntityManager } from '@mikro-orm/postgresql';
import { ticket } from '#contract/events/business.ts';
import { ProjectedTicket } from './ProjectedTicket.ts';
import { type Happened, rowsOf, toldOf } from './happened.ts';
import { hear } from './heard.ts';

const WORDS = ['opened', 'replied', 'closed'] as const;
const wordOf = (verb: string) => WORDS.find(word => word === verb);

const ADD = `
  insert into projected_ticket_word (event, ticket, at, verb, answers)
  select event, ticket, at, verb, answers from jsonb_to_recordset(?::jsonb)
      as told(event uuid, ticket text, at timestamptz, verb text, answers boolean)
  on conflict do nothing`;

/**
 * Works out for these tickets, from their words, since when the client waits: the first of its words that nothing answers. A ticket
 * is closed when that was the last word about it.
 */
const STANDING = `
  update projected_ticket t set awaiting_since = waiting.at, open = answer.verb is distinct from 'closed' or waiting.at is not null
    from (select ticket from projected_ticket where ticket in (?)) touched
    left join lateral (
      select at, event, verb from projected_ticket_word w
       where w.ticket = touched.ticket and answers order by at desc, event desc limit 1) answer on true
    left join lateral (
      select at from projected_ticket_word w
       where w.ticket = touched.ticket and not answers
         and (w.at, w.event) > (coalesce(answer.at, '-infinity'), coalesce(answer.event, '00000000-0000-0000-0000-000000000000'))
       order by at, event limit 1) waiting on true
   where t.ticket = touched.ticket`;

/** Follows where tickets stand, and keeps when a word was said in them. */
export async function takeTickets(em: EntityManager, events: readonly Happened[]): Promise<void> {
  const told = toldOf(events, 'ticket', ticket);
  if (told.length === 0) return;
  const keys = [...new Set(told.map(({ facts }) => facts.ticket))];
  const known = await em.find(ProjectedTicket, { ticket: { $in: keys } });
  const rows = rowsOf(keys, new Map(known.map(row => [row.ticket, row])), key => em.create(ProjectedTicket, { ticket: key, heard: {} }));
  for (const { stamp, facts } of told) {
    const row = rows.get(facts.ticket);
    if (row) hear(row, { subject: facts.subject, department: facts.department, client: facts.client }, stamp);
  }
  await em.flush();

  const words = told.flatMap(({ id, verb, at, facts }) => {
    const word = wordOf(verb);
    return word ? [{ event: id, ticket: facts.ticket, at, verb: word, answers: word === 'closed' || facts.by === 'staff' }] : [];
  });
  if (words.length === 0) return;
  await em.execute(ADD, [JSON.stringify(words)]);
  await em.execute(STANDING, [keys]);
}
