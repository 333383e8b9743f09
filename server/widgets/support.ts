import { desks } from '../projections/queries.ts';
import { later, sayAll } from '../words/say.ts';
import { businessOf, current, departmentOf } from './_business.ts';
import { minutes, widget } from './_widget.ts';

const SHOWN = 100;
/** A client that waits longer than this has been forgotten, in ms. */
const TOO_LONG = 24 * 60 * 60 * 1000;

export default widget({
  id: 'support',
  title: 'Support',
  description: later('Open tickets by department, how many of them await a reply, and how long the first has waited.'),
  view: 'table',
  rows: 5,
  weight: 26,
  needs: 'tickets.view',
  refreshOn: businessOf('ticket'),
  every: minutes(1), // who waits waits longer without an event
  load: current(async ({ em }) => {
    const all = await desks(em);
    return {
      columns: [
        { key: 'department', label: sayAll('Department'), kind: 'text' },
        { key: 'waiting', label: sayAll('Awaiting reply'), kind: 'number' },
        { key: 'longest', label: sayAll('Longest wait'), kind: 'duration' },
        { key: 'open', label: sayAll('Open'), kind: 'number' },
      ],
      rows: all.slice(0, SHOWN).map(({ department, waiting, longest, open }) => ({
        lamp: longest === null ? 'ok' : longest > TOO_LONG ? 'bad' : 'warn',
        cells: { department: departmentOf(department), waiting, longest: longest === null ? null : Math.round(longest), open },
      })),
      empty: sayAll('No ticket is open.'),
    };
  }),
});
