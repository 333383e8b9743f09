import { EventSeal } from '../events/Event.ts';
import { rebuildProjections } from '../projections/project.ts';
import { SHELL, inShell } from './shell.ts';

const numbers = new Intl.NumberFormat('en-GB');

/** Makes the business figures anew, and says at every tenth of the way how far that has come. */
export const rebuild = (say: (line: string) => void): Promise<void> =>
  inShell(async ({ em }) => {
    const [newest] = await em.find(EventSeal, {}, { orderBy: { seq: 'desc' }, limit: 1, fields: ['seq'] });
    const all = newest?.seq ?? 0;
    let taken = 0;
    let said = 0;
    await rebuildProjections(em, SHELL, seq => {
      taken = seq;
      const tenth = Math.floor((seq * 10) / Math.max(all, 1));
      if (tenth > said && tenth < 10) say(`${numbers.format(seq)} of ${numbers.format(all)} events`);
      said = Math.max(said, tenth);
    });
    say(`The business figures were made anew from ${numbers.format(taken)} events.`);
  });
