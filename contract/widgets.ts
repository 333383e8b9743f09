import { z } from 'zod';
import { type Heard, LANGUAGES } from './languages.ts';
import type { Permission } from './permissions.ts';

/** Status by shape and colour, always beside a word. */
export const lamp = z.enum(['ok', 'warn', 'bad', 'idle', 'busy']);
export type Lamp = z.infer<typeof lamp>;

/** As they are, for everybody, or in each language: figures are loaded once, whoever reads them. */
const words = z.union([z.string().max(300), z.record(z.enum(LANGUAGES), z.string().max(300))]);
/** A figure: a number, shown by the reader's locale, or a short text such as "2.3 GB". `null` is "unknown", never zero. */
const figure = z.union(
  [z.number(), z.string().max(80), z.record(z.enum(LANGUAGES), z.string().max(80)), z.null()],
  'must be a number, a text of at most 80 characters, or null',
);
/** Whether a name stands for one thing only, so that a reader can follow it from one state to the next. */
const differ = (names: readonly z.infer<typeof words>[]): boolean =>
  new Set(names.map(name => (typeof name === 'string' ? name : name.en))).size === names.length;
/** A link inside the product. Data never carries an address elsewhere, so that a widget cannot send people away. */
const inside = z
  .string()
  .regex(/^\/(?![/\\])/)
  .max(300);
/** A moment, in milliseconds since 1970 UTC; shown as an age. */
const instant = z.int();

/** How far back a stretch of time reaches that ends now. */
export const timeRange = z.enum(['1h', '24h', '7d', '30d']);
export type TimeRange = z.infer<typeof timeRange>;

/** Values over time, all at the same moments. `null` is unknown and drawn as a gap; zero is zero. */
const stretch = z
  .object({
    id: timeRange,
    /** When each value holds, ascending; of a step, when it began. */
    at: z.array(instant).max(400),
    series: z.array(z.object({ label: words, lamp: lamp.optional(), values: z.array(z.number().nullable()).max(400) })).max(8),
  })
  .refine(
    ({ at, series }) => series.every(({ values }) => values.length === at.length),
    'Every series needs a value, or null, for each moment.',
  )
  .refine(({ at }) => at.every((moment, i) => moment > (at[i - 1] ?? -Infinity)), 'The moments must ascend.');

/** The shapes a widget may be drawn in, each by one component in the browser. */
export const views = {
  number: z.object({ value: figure, unit: words.optional(), note: words.optional(), lamp: lamp.optional() }),
  stats: z.object({
    groups: z
      .array(
        z.object({
          label: words.optional(),
          items: z
            .array(z.object({ label: words, value: figure, unit: words.optional(), note: words.optional(), lamp: lamp.optional() }))
            .max(24),
        }),
      )
      .max(12),
  }),
  list: z.object({
    items: z
      .array(
        z.object({
          id: words,
          at: instant.optional(),
          who: words.optional(),
          text: words,
          note: words.optional(),
          lamp: lamp.optional(),
          count: z.number().optional(),
          href: inside.optional(),
          action: words.optional(),
        }),
      )
      .max(200)
      .refine(items => differ(items.map(({ id }) => id)), 'Every item needs an id of its own.'),
    total: z.int().optional(),
    empty: words,
  }),
  table: z.object({
    columns: z
      .array(z.object({ key: words, label: words, kind: z.enum(['text', 'number', 'mono', 'ago', 'duration']).default('text') }))
      .min(1)
      .max(8)
      .refine(columns => differ(columns.map(({ key }) => key)), 'Every column needs a key of its own.'),
    rows: z.array(z.object({ lamp: lamp.optional(), cells: z.record(z.string(), figure), href: inside.optional() })).max(500),
    empty: words,
  }),
  progress: z.object({
    items: z.array(z.object({ label: words, value: z.number(), of: z.number(), note: words.optional(), lamp: lamp.optional() })).max(50),
    empty: words,
  }),
  /**
   * Figures over time. `columns` are amounts of steps of equal length: they stand on each other and may be added up. `line` and `area`
   * are levels, which may not. All stretches travel in one snapshot; which one is looked at is each reader's choice.
   */
  series: z.object({
    unit: words.optional(),
    kind: z.enum(['line', 'area', 'columns']),
    ranges: z
      .array(stretch)
      .min(1)
      .max(4)
      .refine(ranges => differ(ranges.map(({ id }) => id)), 'Every stretch needs an id of its own.'),
    /** Said of a stretch without any series or moment. */
    empty: words,
  }),
  /** Figures side by side, of now or of stretches of time. */
  bars: z.object({
    unit: words.optional(),
    ranges: z
      .array(
        z.object({
          id: timeRange.optional(),
          items: z
            .array(
              z.object({
                label: words,
                value: z.number().nullable(),
                note: words.optional(),
                lamp: lamp.optional(),
                href: inside.optional(),
              }),
            )
            .max(50),
        }),
      )
      .min(1)
      .max(4)
      .refine(ranges => ranges.length === 1 || differ(ranges.map(({ id }) => id ?? '')), 'Several stretches need an id each.'),
    empty: words,
  }),
  text: z.object({ paragraphs: z.array(z.string().max(2000)).max(20) }),
  /** Drawn from the live roster, not from a snapshot. */
  people: z.object({}),
  /** Drawn from one's own to-dos and shared ones, and from one's own notes. */
  todos: z.object({}),
  notes: z.object({}),
} as const;

export type View = keyof typeof views;
/** What is loaded and kept. */
export type Figures<V extends View> = z.infer<(typeof views)[V]>;
/** What somebody reads of it. */
export type ViewData<V extends View> = Heard<Figures<V>>;
/** As it may be given, before what is left out is filled in. */
export type ViewInput<V extends View> = z.input<(typeof views)[V]>;
/** Drawn from what browsers are told anyway, so without figures of their own. */
export type LiveView = 'people' | 'todos' | 'notes';
export type LoadedView = Exclude<View, LiveView>;
const isLoaded = (view: string): view is LoadedView => !['people', 'todos', 'notes'].includes(view);
export const loadedViews = Object.keys(views).filter(isLoaded);
/** The largest figures, in bytes of JSON: every viewer gets them at every change. */
export const LARGEST_FIGURES = 256 * 1024;

/** What the dashboard knows of a widget before it has figures. */
export const widgetDescription = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  view: z.enum(Object.keys(views) as [View, ...View[]]),
  columns: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Rows of 44 px with a gap of 12 px. */
  rows: z.int(),
  /** The longest a figure should be old, in seconds, while all is well. Stale is three times that. */
  expectedEvery: z.int().optional(),
  needs: z.string(),
  /** It comes from a file of the operator's: the file's name, and what the included widget is called in whose place it stands. */
  extension: z.object({ file: z.string(), replaces: z.string().optional() }).optional(),
  /** It has settings, which stand under Settings, Extensions. */
  settings: z.literal(true).optional(),
  /** It stands in no place of its own: what it shows is shown by this widget, to those who hold its right. */
  partOf: z.string().optional(),
});
export type WidgetDescription = Omit<z.infer<typeof widgetDescription>, 'needs'> & { needs: Permission };

/** What a widget showed at one moment. Whole, numbered and dated; a newer version replaces an older one. */
export const widgetSnapshot = z.object({
  id: z.string(),
  view: z.enum(Object.keys(views) as [View, ...View[]]),
  /** Grows with every build, also after Redis was emptied: milliseconds of Redis' clock, moved on where two fall together. */
  version: z.int(),
  /** When the figures were true, in ms. Absent: never loaded. */
  builtAt: z.int().optional(),
  /** By the schema of its view. Absent: never loaded. */
  data: z.unknown().optional(),
  /** The latest build failed: `data` is the last good one, as of `builtAt`. */
  failure: z.object({ at: z.int(), reason: words, since: z.int() }).optional(),
});
export type WidgetSnapshot = Heard<z.infer<typeof widgetSnapshot>>;
