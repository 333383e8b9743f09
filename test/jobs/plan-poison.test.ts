import { expect } from 'vitest';
import { dispatch } from '#jobs/_dispatch.ts';
import { Event, EventPending, EventSeal } from '#server/events/Event.ts';
import { record } from '#server/events/record.ts';
import { Delivery } from '#server/notifications/Delivery.ts';
import type { SystemMail } from '#server/notifications/system-mail.ts';
import { SYSTEM } from '#server/platform/actor.ts';
import { createLog } from '#server/platform/log.ts';
import { inEach } from '#server/words/say.ts';
import { test } from '../support/world.ts';

const subject = (event: Event): string => String(event.facts['job']);
/** Mails about every event but one, about which it fails in the database. */
const mail: SystemMail = {
  id: 'test',
  on: ['widget.recovered', 'job.failed'],
  recipients: async (em, event) => {
    if (event.type !== 'job.failed' || event.facts['queue'] !== 'test') return [];
    if (subject(event) === '3') await em.execute('select 1 / 0');
    return [{ key: 'ana', label: 'Ana', about: inEach(() => subject(event)), target: { to: 'ana@northwind.example' } }];
  },
  render: () => Promise.resolve({ suppressed: inEach(() => 'for a test') }),
};

test('an event that nothing can be planned for holds up none of the others, and is written down', async ({ orm }) => {
  const em = orm.em.fork();
  for (let n = 0; n < 6; n += 1) record(em, SYSTEM, 'job.failed', { queue: 'test', job: String(n), reason: 'for a test' });
  await em.flush();
  const { sealed, deliveries } = await dispatch({ orm, log: createLog('silent') }, [mail]);
  expect(sealed.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(deliveries).toHaveLength(5);
  const about = (await orm.em.fork().findAll(Delivery)).map(delivery => delivery.about);
  expect(about.toSorted()).toEqual(['0', '1', '2', '4', '5']);
  const failures = await orm.em.fork().find(Event, { type: 'job.failed', facts: { queue: 'dispatch-events' } });
  expect(failures.map(({ facts }) => facts['reason'])).toEqual([expect.stringContaining('division by zero')]);
  // the failure is numbered like everything else, and fails no more
  await dispatch({ orm, log: createLog('silent') }, [mail]);
  expect(await orm.em.fork().count(EventPending, {})).toBe(0);
  expect(await orm.em.fork().count(EventSeal, {})).toBe(7);
});
