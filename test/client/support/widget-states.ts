import type { View, ViewData, WidgetSnapshot } from '#contract/widgets.ts';
import type { Placed } from '#lib/board.svelte.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-24T14:00:00Z');
const FEW = 24;
/** What a loader may send at most of something whose whole is 10,000 rows. */
const MANY = 10_000;

type Loaded = Exclude<View, 'people' | 'todos' | 'notes'>;
const lamps = ['ok', 'warn', 'bad', 'idle', 'busy'] as const;
const lampOf = (i: number) => lamps[i % lamps.length] ?? 'ok';
const numbered = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const wave = (i: number, height: number) => Math.round(height * (1 + Math.sin(i / 3)) + (i % 5));

function series(kind: ViewData<'series'>['kind'], count: number): ViewData<'series'> {
  const stretch = (id: '24h' | '7d', step: number): ViewData<'series'>['ranges'][number] => ({
    id,
    at: numbered(count, i => START + i * step),
    series: [
      { label: 'Accepted', values: numbered(count, i => (i % 11 === 7 ? null : wave(i, 20))) },
      { label: 'Refused', ...(kind === 'columns' && { lamp: 'bad' as const }), values: numbered(count, i => wave(i + 4, 6)) },
    ],
  });
  return {
    kind,
    ranges: count === 0 ? [{ id: '24h', at: [], series: [] }] : [stretch('24h', HOUR), stretch('7d', 7 * HOUR)],
    empty: 'Nobody has signed in yet.',
  };
}

/** Figures of each view: none yet, a few, and as many as its schema lets through. */
const figures: { [V in Loaded]: { empty?: ViewData<V>; few: ViewData<V>; many?: ViewData<V> } } = {
  number: {
    empty: { value: 0, unit: 'waiting' },
    few: { value: 12, unit: 'waiting', note: 'The oldest for 9 min', lamp: 'warn' },
    many: { value: 12_345_678.9, unit: 'USD' },
  },
  stats: {
    empty: { groups: [{ label: 'Income', items: [{ label: 'This year', value: 'none yet' }] }] },
    few: {
      groups: [
        {
          label: 'Orders',
          items: numbered(4, i => ({ label: `Figure ${i}`, value: i === 2 ? null : i * 1203, unit: 'USD', lamp: lampOf(i) })),
        },
      ],
    },
    many: {
      groups: numbered(12, g => ({ label: `Group ${g}`, items: numbered(24, i => ({ label: `Figure ${i}`, value: g * 1000 + i })) })),
    },
  },
  list: {
    empty: { items: [], empty: 'Nothing needs you.' },
    few: {
      items: numbered(4, i => ({
        id: String(i),
        text: `Deliveries to Slack failed ${i}`,
        lamp: lampOf(i),
        count: i,
        href: '/notifications',
        action: 'Inspect',
      })),
      empty: '',
    },
    many: {
      items: numbered(200, i => ({
        id: String(i),
        at: START - i * HOUR,
        who: `Person ${i}`,
        text: `did the thing number ${i}`,
        lamp: lampOf(i),
      })),
      total: MANY,
      empty: '',
    },
  },
  table: {
    empty: { columns: [{ key: 'a', label: 'Queue', kind: 'mono' }], rows: [], empty: 'No queue yet.' },
    few: {
      columns: [
        { key: 'a', label: 'Queue', kind: 'mono' },
        { key: 'b', label: 'Waiting', kind: 'number' },
        { key: 'c', label: 'Oldest', kind: 'duration' },
      ],
      rows: numbered(4, i => ({ lamp: lampOf(i), cells: { a: `queue-${i}`, b: i * 7, c: i === 0 ? null : i * 60_000 } })),
      empty: '',
    },
    many: {
      columns: [
        { key: 'a', label: 'Host', kind: 'text' },
        { key: 'b', label: 'Answers', kind: 'number' },
      ],
      rows: numbered(500, i => ({ lamp: lampOf(i), cells: { a: `host-${i}.northwind.example`, b: i } })),
      empty: '',
    },
  },
  progress: {
    empty: { items: [], empty: 'No goal is set.' },
    few: { items: numbered(3, i => ({ label: `Disk ${i}`, value: i * 40, of: 100, lamp: lampOf(i), note: 'of 100 GB' })), empty: '' },
    many: { items: numbered(50, i => ({ label: `Disk ${i}`, value: i * 2, of: 100 })), empty: '' },
  },
  series: { empty: series('columns', 0), few: series('columns', FEW), many: series('area', 400) },
  bars: {
    empty: { ranges: [{ items: [] }], empty: 'Nothing was sold yet.' },
    few: {
      unit: 'orders',
      ranges: [
        { id: '24h', items: numbered(4, i => ({ label: `Product ${i}`, value: i === 1 ? null : i * 12 - 8, note: 'this week' })) },
        { id: '7d', items: [] },
      ],
      empty: 'Nothing was sold yet.',
    },
    many: {
      ranges: [{ items: numbered(50, i => ({ label: `Product with a rather long name, number ${i}`, value: i * i, lamp: lampOf(i) })) }],
      empty: '',
    },
  },
  text: {
    empty: { paragraphs: [] },
    few: { paragraphs: ['A note.', 'Another one, which goes on for a while so that it is broken into lines.'] },
    many: { paragraphs: numbered(20, () => 'word '.repeat(300)) },
  },
};

export interface State {
  name: string;
  widget: Placed;
  /** Absent: nothing has arrived yet. */
  snapshot: WidgetSnapshot | undefined;
}

/** A widget of this view in every state that its data can be in; as of `now`, in ms. */
export function statesOf(view: Loaded, now: number): State[] {
  const { empty, few, many } = figures[view];
  const reason = 'connection refused by 10.0.0.8:5432';
  const state = (name: string, snapshot?: Partial<WidgetSnapshot>): State => {
    const id = `${view}-${name.replaceAll(' ', '-')}`;
    const widget: Placed = {
      id,
      title: `${view}, ${name}`,
      description: '',
      view,
      columns: 1,
      rows: 5,
      needs: 'dashboard.view',
      expectedEvery: 60,
    };
    return { name, widget, snapshot: snapshot && { id, view, version: now, ...snapshot } };
  };
  return [
    state('loading'),
    ...(empty ? [state('first use', { builtAt: now, data: empty })] : []),
    state('fresh', { builtAt: now, data: few }),
    state('stale', { builtAt: now - 240_000, data: few }),
    state('failing', { builtAt: now - 90_000, data: few, failure: { at: now, reason, since: now - 60_000 } }),
    state('never loaded', { failure: { at: now, reason, since: now } }),
    ...(many ? [state('10,000 rows', { builtAt: now, data: many })] : []),
  ];
}
export const LOADED = Object.keys(figures) as Loaded[];
