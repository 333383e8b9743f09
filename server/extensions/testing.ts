import type { z } from 'zod';
import { type LoadedView, type Figures, views } from '#contract/widgets.ts';
import type { Value, WidgetSpec } from './widget.ts';

/** What stands in for the database and the network: `query: async () => [{ n: 3 }]`. */
interface Answers<S extends z.ZodObject> {
  query?: (sql: string, values?: readonly Value[]) => Promise<object[]>;
  fetch?: (url: string) => Promise<Response>;
  settings?: z.input<S>;
}

/**
 * Loads a widget once, with answers of your own instead of a database and a network, and holds what comes against its view.
 * @throws whatever the widget throws; a `ZodError` that names what does not fit the view
 */
export async function figuresOf<V extends LoadedView, S extends z.ZodObject>(
  widget: WidgetSpec<V, S>,
  given: Answers<S> = {},
): Promise<Figures<V>> {
  const nothing = (what: string) => () => Promise.reject(new Error(`The test gives no ${what}.`));
  const data = await widget.load({
    query: async <Row extends object>(sql: string, values?: readonly Value[]) =>
      (await (given.query ?? nothing('query'))(sql, values)) as Row[],
    fetch: given.fetch ?? nothing('fetch'),
    settings: (widget.settings ? widget.settings.parse(given.settings ?? {}) : {}) as z.output<S>, // without a schema there are none
  });
  return views[widget.view].parse(data) as Figures<V>; // the schema of this very view
}
