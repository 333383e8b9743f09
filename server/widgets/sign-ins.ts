import { organisation } from '../settings/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { overTime } from './_over-time.ts';
import { minutes, widget } from './_widget.ts';

const TYPES = ['session.started', 'session.refused', 'session.locked-out'];

export default widget({
  id: 'sign-ins',
  title: later('Sign-ins'),
  description: later('How often people came in, were refused, and were locked out for a while after too many tries.'),
  view: 'series',
  columns: 2,
  rows: 5,
  weight: 40,
  needs: 'activity.view',
  refreshOn: [...TYPES, 'settings.changed'],
  every: minutes(1), // the time that is looked at moves on
  load: async ({ em }) => {
    const { timeZone, setUpAt } = await organisation(em);
    const types = TYPES.map(type => `'${type}'`).join(', ');
    return {
      kind: 'columns',
      ranges: await overTime(em, {
        query: `select type as kind, at, 1 as amount from event where type in (${types}) and at >= ? and at <= now()`,
        kinds: [
          { id: 'session.started', label: sayAll('Signed in'), lamp: 'ok' },
          { id: 'session.refused', label: sayAll('Refused'), lamp: 'warn' },
          { id: 'session.locked-out', label: sayAll('Locked out'), lamp: 'bad' },
        ],
        timeZone,
        since: setUpAt ?? null,
      }),
      empty: sayAll('Nobody tried to sign in.'),
    };
  },
});
