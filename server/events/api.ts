import { listEvents, postEvents } from '#contract/events.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import { ingest } from './ingest.ts';
import { presentEvent } from './present.ts';
import { eventsAfter } from './queries.ts';

export const eventRoutes: Route[] = [
  route(listEvents, 'events.read', {}, async ({ em, query }) => {
    const seals = await eventsAfter(em, query.after, query.limit + 1);
    const items = seals.slice(0, query.limit).map(({ event, seq, hash }) => presentEvent(event, seq, hash));
    return { items, next: items.at(-1)?.seq ?? query.after, more: seals.length > query.limit };
  }),

  route(postEvents, 'events.write', { records: ['business events'] }, async ({ em, actor, body }) => {
    if (Array.isArray(body)) return ingest(em, actor, body);
    const result = await ingest(em, actor, [body]);
    const [refused] = result.refused;
    if (refused)
      throw new Problem('invalid', {
        detail: refused.message,
        fields: Object.keys(refused.fields).length > 0 ? refused.fields : { type: refused.message },
      });
    return result;
  }),
];
