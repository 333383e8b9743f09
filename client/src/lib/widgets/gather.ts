import type { Lamp, ViewData, WidgetSnapshot } from '#contract/widgets.ts';

const URGENT: readonly (Lamp | undefined)[] = ['bad', 'warn', 'busy', 'ok', 'idle', undefined];

/**
 * The lists of several widgets as one, what presses most first. It is as old as the oldest of them; where one failed, that is said,
 * beside what is known.
 * @param of how many parts there are: as long as one is not known, there may be something in it, so that nothing is not said
 */
export function gather(id: string, parts: readonly WidgetSnapshot[], of = parts.length): WidgetSnapshot | undefined {
  const known = parts.filter(({ data }) => data !== undefined);
  const lists = known.map(({ data }) => data as ViewData<'list'>); // the worker held it against its view, which is a list for every part
  const failure = parts.find(part => part.failure)?.failure;
  const items = lists.flatMap(list => list.items).toSorted((a, b) => URGENT.indexOf(a.lamp) - URGENT.indexOf(b.lamp));
  if (!failure && (lists.length === 0 || (items.length === 0 && lists.length < of))) return undefined;
  return {
    id,
    view: 'list',
    version: Math.max(...parts.map(({ version }) => version)),
    ...(known.length > 0 && {
      builtAt: Math.min(...known.map(({ builtAt = 0 }) => builtAt)),
      data: {
        items,
        empty: lists[0]?.empty ?? '',
      },
    }),
    ...(failure && { failure }),
  };
}
