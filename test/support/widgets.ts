import { type Widget, widget } from '#server/widgets/_widget.ts';

type Part = Partial<Omit<Parameters<typeof widget<'number'>>[0], 'load' | 'live'>> & { load?: NonNullable<Widget['load']> };

/** A widget of a test's own: a number that anybody with the dashboard sees. */
export const numberWidget = (id: string, { load = () => Promise.resolve({ value: 1 }), ...part }: Part = {}): Widget =>
  widget({
    id,
    title: id,
    view: 'number',
    needs: 'dashboard.view',
    ...part,
    load: load as (...given: Parameters<typeof load>) => Promise<{ value: number }>,
  });

export const byId = (...widgets: Widget[]): Map<string, Widget> => new Map(widgets.map(each => [each.id, each]));
