import type { Lamp, ViewData } from '#contract/widgets.ts';

type Item = ViewData<'list'>['items'][number];

/** Something that waits for somebody: how many, in words for one and for several, and the place where it is cured. */
export interface Concern {
  id: string;
  count: number;
  one: string;
  several: string;
  lamp: Lamp;
  href: string;
  /** The verb on the way there. */
  action: string;
}

/** A part of Needs attention: the concerns there are; of those that count none there is no line. */
export const concerns = (all: readonly Concern[]): ViewData<'list'> => ({
  items: all
    .filter(({ count }) => count > 0)
    .map(({ one, several, ...rest }): Item => ({ ...rest, text: rest.count === 1 ? one : several })),
  empty: 'Nothing needs you.',
});
