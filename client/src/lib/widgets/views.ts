import type { Component } from 'svelte';
import type { LiveView, View, ViewData } from '#contract/widgets.ts';
import { late } from '../late.ts';
import List from './views/List.svelte';
import People from './views/People.svelte';
import Stats from './views/Stats.svelte';
import Table from './views/Table.svelte';

/** What a view draws. `id` and `title` are the widget's. Views that read for themselves say by `knows` whether what they show is known. */
interface Shown<D> {
  data: D;
  id: string;
  title: string;
  knows: (known: boolean) => void;
}
type Drawing<V extends View> = Component<Shown<ViewData<V>>> | Component<{ data: ViewData<V> }>;

/** What no included widget is drawn in, and charts. */
type Late = 'series' | 'bars' | 'number' | 'progress' | 'text';

const views = {
  list: List,
  people: People,
  stats: Stats,
  table: Table,
} satisfies { [V in Exclude<View, LiveView | Late>]: Drawing<V> } & { people: Component };

/** Charts, what people write in, and what only operators' own widgets use come after the first paint. */
const lateViews = {
  bars: () => import('./views/Bars.svelte'),
  notes: () => import('./views/Notes.svelte'),
  number: () => import('./views/Number.svelte'),
  progress: () => import('./views/Progress.svelte'),
  series: () => import('./views/Series.svelte'),
  text: () => import('./views/Text.svelte'),
  todos: () => import('./views/Todos.svelte'),
} satisfies { [V in Late]: () => Promise<{ default: Drawing<V> }> } & Record<
  'notes' | 'todos',
  () => Promise<{ default: Component<Pick<Shown<never>, 'knows'>> }>
>;

export type AnyView = Component<Shown<unknown>>;
const fetched = new Map<View, AnyView>();

const isLate = (view: View): view is keyof typeof lateViews => Object.hasOwn(lateViews, view);

/**
 * The component of a view. Whoever built the snapshot has checked its data against the schema of its view.
 * @returns a promise where it has yet to be fetched; it rejects with `NoAnswer`
 */
export function viewOf(view: View): AnyView | Promise<AnyView> {
  if (!isLate(view)) return views[view] as Component<never> as AnyView;
  return fetched.get(view) ?? fetch(view);
}

async function fetch(view: keyof typeof lateViews): Promise<AnyView> {
  const { default: component } = await late<{ default: Component<never> }>(lateViews[view]());
  fetched.set(view, component as AnyView);
  return component as AnyView;
}
