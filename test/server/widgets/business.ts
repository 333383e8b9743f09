import type { EntityManager } from '@mikro-orm/postgresql';

import type { View, ViewData } from '#contract/widgets.ts';
import { heardIn } from '#contract/languages.ts';
import { views } from '#contract/widgets.ts';
import { uuidv7 } from '#server/platform/db/columns.ts';
import { PROJECTED, take } from '#server/projections/take.ts';
import type { LoadTools, Widget } from '#server/widgets/_widget.ts';
import { furnish } from '../../support/people.ts';
import { test as world } from '../../support/world.ts';

/** A furnished organisation; `em` finds no business figures in it. */
export const test = world
  .extend('furnished', { scope: 'file' }, async ({ orm }) => {
    await furnish(orm.em.fork());
    return orm;
  })
  .extend('em', async ({ furnished }) => {
    const em = furnished.em.fork();
    for (const entity of PROJECTED) await em.nativeDelete(entity, {});
    return em;
  });

export type Story = [type: string, facts: Record<string, unknown>, at?: Date];

/** Tells business events, in their order. */
export const tell = (em: EntityManager, ...story: Story[]): Promise<void> =>
  em.fork().transactional(em =>
    take(
      em,
      story.map(([type, facts, at = new Date()]) => ({ id: uuidv7(), type, at, facts })),
    ),
  );

/** What a widget of this view loads, held against the view as a worker does. */
export async function load<V extends View>({ load, describe }: Widget, view: V, em: EntityManager): Promise<ViewData<V>> {
  if (describe.view !== view) throw new Error(`${describe.id} is no ${view}`);
  const data = await load?.({ em: em.fork() } as LoadTools); // all that these loaders use
  return heardIn('en', views[view].parse(data)) as ViewData<V>;
}

/** Stats by group and label. */
export const byLabel = ({ groups }: ViewData<'stats'>): Record<string, Record<string, unknown>> =>
  Object.fromEntries(groups.map(({ label = '', items }) => [label, Object.fromEntries(items.map(item => [item.label, item.value]))]));

export const DAY = 86_400_000;
export const ago = (ms: number): Date => new Date(Date.now() - ms);
