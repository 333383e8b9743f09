import type { InEach } from '#contract/languages.ts';
import { BUSINESS_TYPES } from '#contract/events.ts';
import { demandCurrent } from '../projections/queries.ts';
import { sayAll } from '../words/say.ts';
import type { LoadTools } from './_widget.ts';

/** A load of business figures, which fails when they stand still: the last ones then stay, with the reason. */
export const current =
  <D>(load: (tools: LoadTools) => Promise<D>) =>
  async (tools: LoadTools): Promise<D> => {
    await demandCurrent(tools.em);
    return load(tools);
  };

/** What makes figures of these nouns old: their events, figures made anew, and another time zone, which moves the days. */
export const businessOf = (...nouns: string[]): string[] => [
  ...BUSINESS_TYPES.filter(type => nouns.some(noun => type.startsWith(`${noun}.`))),
  'projections.rebuilt',
  'settings.changed',
];

/** How tickets are called that no department has. */
export const departmentOf = (department: string | null): string | InEach => department ?? sayAll('No department');
