import { z } from 'zod';
import type { EventType } from '#contract/events.ts';
import type { BuiltIn } from '#contract/permissions.ts';
import type { LoadedView, ViewInput } from '#contract/widgets.ts';

export { z };

/** A value within a query: each `?` of its text is one. */
export type Value = string | number | boolean | null | Date;

/** What a widget loads its figures with. */
export interface WidgetTools<Settings> {
  /**
   * Asks Quarterdeck's database, by SQL that only reads: `await query<{ n: number }>('select count(*)::int as n from invitation where state = ?', ['pending'])`.
   * At most 10,000 rows; moments, `numeric` and `bigint` come as text.
   */
  query: <Row extends object = Record<string, unknown>>(sql: string, values?: readonly Value[]) => Promise<Row[]>;
  /**
   * Asks over HTTPS, without following redirects; any status is an answer, of at most 256 KB. Hosts that are not on the open internet,
   * other ports and plain http need the operator's word: `ALLOWED_PRIVATE_HOSTS=host:port`.
   */
  fetch: (url: string, options?: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }) => Promise<Response>;
  /** What somebody filled in under Settings, Extensions, by the schema of `settings`. */
  settings: Settings;
}

/** A right of the widget's own: it stands among all others where roles are edited. Full Administrators hold it. */
export interface OwnRightWords {
  /** As roles name it: "View renewals". */
  label: string;
  /** What it lets somebody do, in a sentence: "Sees which domains are due." */
  effect: string;
}

/** A widget, in one file of the extensions folder that is called `<id>.ts`. */
export interface WidgetSpec<V extends LoadedView, S extends z.ZodObject> {
  /** Its file's name: small letters, digits and hyphens. That of an included widget replaces it. */
  id: string;
  title: string;
  /** What it shows, in a sentence. */
  description?: string;
  /** The shape it is drawn in; what `load` returns must fit it. */
  view: V;
  columns?: 1 | 2 | 3;
  /** Of 44 px with a gap of 12 px. */
  rows?: number;
  /** Heavier ones stand lower. */
  weight?: number;
  /** Who gets to see it: a right of the product's, or one of its own in words. */
  needs: BuiltIn | OwnRightWords;
  /** Loaded again when one of these happened; `*` is anything. */
  refreshOn?: readonly (EventType | '*')[];
  /** Loaded again every so many ms: `every: minutes(5)`. */
  every?: number;
  /** How old figures may be, in ms: what happens in that time is shown together at its end. */
  cache?: number;
  /** What can be set under Settings, Extensions: each field with `.meta({ title: '…' })`, and `secret: true` where nobody may read it again. */
  settings?: S;
  /** Asks for the figures, within ten seconds. What it throws is shown as the reason, beside the last good figures. */
  load: (tools: WidgetTools<z.output<S>>) => ViewInput<V> | Promise<ViewInput<V>>;
}

/** A widget without settings. */
type NoSettings = z.ZodObject<Record<never, never>>;

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * 60_000;

/** Holds a widget against its type, in the editor; the file's default export is what it returns. */
export const widget = <V extends LoadedView, S extends z.ZodObject = NoSettings>(spec: WidgetSpec<V, S>): WidgetSpec<V, S> => spec;
