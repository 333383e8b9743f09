import { BUSINESS_TYPES } from '#contract/events.ts';

/** What makes figures of these nouns old: their events, figures made anew, and another time zone, which moves the days. */
export const businessOf = (...nouns: string[]): string[] => [
  ...BUSINESS_TYPES.filter(type => nouns.some(noun => type.startsWith(`${noun}.`))),
  'projections.rebuilt',
  'settings.changed',
];

/** How tickets are called that no department has. */
export const departmentOf = (department: string | null): string => department ?? 'No department';
