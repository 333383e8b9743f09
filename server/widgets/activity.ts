import type { Lamp, Figures } from '#contract/widgets.ts';
import { EventSeal } from '../events/Event.ts';
import { presentActivity } from '../events/present.ts';
import { inEach, later, sayAll } from '../words/say.ts';
import { widget } from './_widget.ts';

const SHOWN = 15;

const lamps = { info: 'idle', good: 'ok', warn: 'warn', bad: 'bad' } as const satisfies Record<string, Lamp>;

/** The view's texts end at 300 characters. */
const cut = (text: string): string => (text.length > 300 ? `${text.slice(0, 299)}…` : text);

function item({ seq, event }: EventSeal): Figures<'list'>['items'][number] {
  const { actor, severity, link } = presentActivity(event, seq);
  return {
    id: String(seq),
    at: event.at.getTime(),
    who: cut(actor.name),
    text: inEach(() => cut(presentActivity(event, seq).title)),
    lamp: lamps[severity],
    ...(link === undefined || link.length > 300 ? {} : { href: link }),
  };
}

export default widget({
  id: 'activity',
  title: later('Activity'),
  description: later('The latest entries of the activity log.'),
  view: 'list',
  columns: 2,
  rows: 8,
  weight: 50,
  needs: 'activity.view',
  refreshOn: ['*'],
  load: async ({ em }) => {
    const seals = await em.find(EventSeal, {}, { populate: ['event'], orderBy: { seq: 'desc' }, limit: SHOWN });
    return { items: seals.map(item), empty: sayAll('Nothing has happened yet.') };
  },
});
