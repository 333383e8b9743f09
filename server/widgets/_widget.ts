import type { EntityManager } from '@mikro-orm/postgresql';
import type { Permission } from '#contract/permissions.ts';
import type { View, Figures, WidgetDescription } from '#contract/widgets.ts';
import type { Tools } from '../platform/tools.ts';

/** What a widget loads its figures with. */
export interface LoadTools extends Tools {
  /** Of this load alone. */
  em: EntityManager;
  /** Aborted when the load has used up its ten seconds, and nobody waits for it any longer. */
  signal: AbortSignal;
}

interface Spec<V extends View> {
  /** Its file's name. */
  id: string;
  title: string;
  /** What it shows, in a sentence. */
  description?: string;
  /** The shape it is drawn in; its figures are held against that view's schema before anybody sees them. */
  view: V;
  columns?: 1 | 2 | 3;
  /** Of 44 px with a gap of 12 px. */
  rows?: number;
  /** Heavier ones stand lower. */
  weight?: number;
  /** The right without which nobody gets it. */
  needs: Permission;
  /** Loaded again when one of these happened; `*` is anything. */
  refreshOn?: readonly string[];
  /** Loaded again every so many ms, for what the clock alone changes. */
  every?: number;
  /** How old figures may be, in ms: what happens in that time is shown together at its end. */
  cache?: number;
  /**
   * The widget that shows this one's list (or what is due of to-dos) among others, to those who hold its right: what not everybody who sees a widget may see
   * is a part of its own, kept and sent apart.
   */
  partOf?: V extends 'list' | 'todos' ? string : never;
  /** Figures that did not change are sent again after so many ms only; without it, each load is sent. */
  resend?: number;
}

type Loaded<V extends View> = Spec<V> & {
  /** Asks for the figures. Its time is ten seconds; what it throws is shown as the reason, beside the last good figures. */
  load: (tools: LoadTools) => Promise<Figures<V>>;
};
/** Drawn by the browser from what it is told anyway. */
type Live<V extends View> = Spec<V> & {
  /** `parts`: the lists of the widgets that are `partOf` it. */ live: 'roster' | 'parts' | 'todos' | 'notes';
};

/** A widget as the rest of the product sees it. */
export interface Widget {
  kind: 'widget';
  id: string;
  describe: WidgetDescription;
  weight: number;
  refreshOn: readonly string[];
  every: number | undefined;
  cache: number | undefined;
  resend: number | undefined;
  /** Whether it shows its parts, and nothing where there is none that the reader may see. */
  gathers: boolean;
  /** Absent where there is nothing to load. */
  load: ((tools: LoadTools) => Promise<unknown>) | undefined;
}

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * 60_000;

/** Makes a widget of its description; each file here has one as its default export. */
export function widget<V extends View>(spec: Loaded<V> | Live<V>): Widget {
  const {
    id,
    title,
    description = '',
    view,
    columns = 1,
    rows = 3,
    weight = 100,
    needs,
    refreshOn = [],
    every,
    cache,
    resend,
    partOf,
  } = spec;
  const expected = every === undefined ? {} : { expectedEvery: Math.ceil(Math.max(every, resend ?? 0) / 1000) };
  return {
    kind: 'widget',
    id,
    describe: { id, title, description, view, columns, rows, needs, ...expected, ...(partOf !== undefined && { partOf }) },
    weight,
    refreshOn,
    every,
    cache,
    resend,
    load: 'load' in spec ? spec.load : undefined,
    gathers: 'live' in spec && spec.live === 'parts',
  };
}

/** Whether this widget shows something that events of this type change. */
export const heeds = ({ load, refreshOn }: { load: unknown; refreshOn: readonly string[] }, type: string): boolean =>
  load !== undefined && (refreshOn.includes('*') || refreshOn.includes(type));

export const isWidget = (value: unknown): value is Widget =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'widget';
