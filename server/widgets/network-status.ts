import type { InEach } from '#contract/languages.ts';
import type { Lamp } from '#contract/widgets.ts';
import { WatchedHost } from '../hosts/WatchedHost.ts';
import { inEach, later, sayAll, sayStored } from '../words/say.ts';
import { minutes, seconds, widget } from './_widget.ts';

type State = 'up' | 'down' | 'unknown';
const STATES = { up: sayAll('up'), down: sayAll('down'), unknown: sayAll('not known yet') } as const;
const LAMPS = { up: 'ok', down: 'bad', unknown: 'idle' } as const;
/** What a cell of the table holds. */
const MOST = 80;
const cut = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text);
const wordOf = (state: State): InEach => STATES[state];
/** What the last look found. */
function lookWords(reason: string | null | undefined, ms: number | null | undefined): InEach {
  if (reason) return inEach(() => cut(sayStored(reason)));
  return ms === null || ms === undefined ? sayAll('not yet') : sayAll('well');
}
/** One that no longer answers, and is not called down yet, is worth a look. */
const lampOf = (state: State, streak: number): Lamp => (state === 'up' && streak > 0 ? 'warn' : LAMPS[state]);

export default widget({
  id: 'network-status',
  title: later('Network status'),
  description: later('The hosts that the organisation has watched: whether they answer, since when, and how fast.'),
  view: 'table',
  columns: 3,
  rows: 4,
  weight: 65,
  needs: 'system.view',
  refreshOn: ['host.added', 'host.edited', 'host.deleted', 'host.down', 'host.back'],
  every: seconds(30),
  resend: minutes(2),
  load: async ({ em }) => {
    // what is down stands first
    const hosts = await em.find(WatchedHost, {}, { orderBy: [{ state: 'asc' }, { name: 'asc' }, { id: 'asc' }] });
    return {
      columns: [
        { key: 'host', label: sayAll('Host'), kind: 'text' },
        { key: 'state', label: sayAll('State'), kind: 'text' },
        { key: 'since', label: sayAll('Since'), kind: 'ago' },
        { key: 'ms', label: sayAll('Answers in'), kind: 'duration' },
        { key: 'reason', label: sayAll('Last look'), kind: 'text' },
      ],
      rows: hosts.map(({ name, state, streak, since, lastMs, lastReason }) => ({
        lamp: lampOf(state, streak),
        cells: {
          host: cut(name),
          state: wordOf(state),
          since: since?.getTime() ?? null,
          ms: lastReason === null || lastReason === undefined ? (lastMs ?? null) : null,
          reason: lookWords(lastReason, lastMs),
        },
        href: '/settings/network',
      })),
      empty: sayAll('No host is watched. Somebody who may edit settings lists them under Settings, Network.'),
    };
  },
});
