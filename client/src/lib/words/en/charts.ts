import type { TimeRange } from '#contract/widgets.ts';

const lists = new Intl.ListFormat('en-GB', { type: 'unit', style: 'long' });

/** What charts say, to the eye and to the ear. */
export const charts = {
  ranges: { '1h': '1 h', '24h': '24 h', '7d': '7 d', '30d': '30 d' } satisfies Record<TimeRange, string>,
  lasting: { '1h': 'last hour', '24h': 'last 24 hours', '7d': 'last 7 days', '30d': 'last 30 days' } satisfies Record<TimeRange, string>,
  rangeOf: (title: string) => `How far back ${title} reaches`,
  asTable: 'Table',
  tableOf: (title: string) => `${title} as a table`,
  time: 'Time',
  walk: (title: string) => `${title}, value by value`,
  valuesAt: (time: string, values: string[]) => `${time}: ${lists.format(values)}`,
  named: (label: string, value: string) => `${label} ${value}`,
  summary: (what: string, said: string[], gaps: boolean) => `${what}: ${said.join('; ')}${gaps ? '; unknown for part of that time' : ''}.`,
  over: (title: string, lasting: string) => `${title}, ${lasting}`,
  amount: (total: string, most?: { at: string; value: string }) => (most ? `${total}, most at ${most.at} with ${most.value}` : total),
  level: (latest: string, highest: { at: string; value: string }) => `${latest} at the end, highest at ${highest.at} with ${highest.value}`,
};
