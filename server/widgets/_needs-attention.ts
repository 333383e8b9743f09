import type { InEach } from '#contract/languages.ts';
import type { Lamp, Figures } from '#contract/widgets.ts';
import { sayAll } from '../words/say.ts';

type Item = Figures<'list'>['items'][number];

/** Something that waits for somebody: how many, in words for one and for several, and the place where it is cured. */
export interface Concern {
  id: string;
  count: number;
  one: string | InEach;
  several: string | InEach;
  lamp: Lamp;
  href: string;
  /** The verb on the way there. */
  action: InEach;
}

/** A part of Needs attention: the concerns there are; of those that count none there is no line. */
export const concerns = (all: readonly Concern[]): Figures<'list'> => ({
  items: all
    .filter(({ count }) => count > 0)
    .map(({ one, several, ...rest }): Item => ({ ...rest, text: rest.count === 1 ? one : several })),
  empty: sayAll('Nothing needs you.'),
});
