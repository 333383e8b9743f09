import type { Component } from 'svelte';
import type { View, ViewData } from '#contract/widgets.ts';
import List from './views/List.svelte';
import Number from './views/Number.svelte';
import People from './views/People.svelte';
import Progress from './views/Progress.svelte';
import Stats from './views/Stats.svelte';
import Table from './views/Table.svelte';
import Text from './views/Text.svelte';

const views = {
  list: List,
  number: Number,
  people: People,
  progress: Progress,
  stats: Stats,
  table: Table,
  text: Text,
} satisfies { [V in Exclude<View, 'people'>]: Component<{ data: ViewData<V> }> } & { people: Component };

/** The component of a view. Whoever built the snapshot has checked its data against the schema of its view. */
export const viewOf = (view: View): Component<{ data: unknown }> => views[view] as Component<never> as Component<{ data: unknown }>;
