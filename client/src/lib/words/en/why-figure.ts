const seconds = (n: number): string => (n % 60 === 0 ? (n === 60 ? 'minute' : `${n / 60} minutes`) : n === 1 ? 'second' : `${n} seconds`);

/** Where a widget’s figures come from. */
export const whyFigure = {
  title: (title: string) => `Where ${title} comes from`,
  source: 'What it shows',
  schedule: 'When it is rebuilt',
  every: (n: number) => `Whenever something it depends on happens, and at least every ${seconds(n)}.`,
  onEvents: 'Whenever something it depends on happens.',
  live: 'It is drawn from the live link, moment by moment.',
  built: 'Figures are from',
  never: 'Never loaded.',
  failed: 'Latest attempt',
  failedAt: (time: string, reason: string) => `Failed on ${time}: ${reason}`,
  since: 'Failing since',
  needs: 'Who sees it',
  needsRight: (label: string) => `Everybody who holds ${label}`,
  version: 'Version',
};
