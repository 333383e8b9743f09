import type { z } from 'zod';
import { type LoadedView, type ViewData, views } from '#contract/widgets.ts';
import type { WidgetSpec, WidgetTools } from './widget.ts';

/**
 * Loads a widget once, with answers of your own instead of a database and a network, and holds what comes against its view.
 * @throws whatever the widget throws; a `ZodError` that names what does not fit the view
 */
export async function figuresOf<V extends LoadedView, S extends z.ZodObject>(
  widget: WidgetSpec<V, S>,
  given: Partial<Omit<WidgetTools<z.output<S>>, 'settings'>> & { settings?: z.input<S> } = {},
): Promise<ViewData<V>> {
  const nothing = (what: string) => () => Promise.reject(new Error(`The test gives no ${what}.`));
  const data = await widget.load({
    query: given.query ?? nothing('query'),
    fetch: given.fetch ?? nothing('fetch'),
    settings: (widget.settings ? widget.settings.parse(given.settings ?? {}) : {}) as z.output<S>, // without a schema there are none
  });
  return views[widget.view].parse(data) as ViewData<V>; // the schema of this very view
}
