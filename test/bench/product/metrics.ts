/** The numbers of a Prometheus text page, by series. */
export class Metrics {
  readonly #values = new Map<string, number>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const [, series, value] = /^([a-zA-Z_:][a-zA-Z0-9_:]*(?:\{[^}]*\})?) ([^ ]+)/.exec(line) ?? [];
      if (series !== undefined) this.#values.set(series, Number(value));
    }
  }

  /** The sum over all series of this name whose labels contain all of these; 0 when it was never counted. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return [...this.#values]
      .filter(([series]) => series === name || series.startsWith(`${name}{`))
      .filter(([series]) => wanted.every(label => series.includes(label)))
      .reduce((sum, [, value]) => sum + value, 0);
  }
}

/** How much a count grew from one reading to the next. */
export const grown = (before: Metrics, after: Metrics, name: string, labels: Readonly<Record<string, string>> = {}): number =>
  after.sum(name, labels) - before.sum(name, labels);
