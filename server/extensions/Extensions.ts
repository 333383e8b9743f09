import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { declareRights } from '#contract/declared-rights.ts';
import type { Log } from '../platform/log.ts';
import { isEntryFile } from '../platform/load-directory.ts';
import { loadWidgets } from '../widgets/_load.ts';
import type { Widget } from '../widgets/_widget.ts';
import { Extension } from './Extension.ts';

/** How often the folder is looked at while somebody writes widgets, in ms. */
const LOOK = 50;

/** By file, what changes when it is saved. */
type Marks = ReadonlyMap<string, string>;
const areSame = (some: Marks, others: Marks): boolean =>
  some.size === others.size && [...some].every(([file, mark]) => others.get(file) === mark);

/** The files of the folder that are widgets, each with what changes when it is saved; none where there is no folder. */
async function filesIn(folder: string): Promise<Marks> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter(isEntryFile).map(name => path.join(folder, name));
  const marks = await Promise.all(
    files.map(file =>
      stat(file).then(
        ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
        () => undefined,
      ),
    ),
  );
  return new Map(files.flatMap((file, n) => (marks[n] === undefined ? [] : [[file, marks[n]] as const])));
}

/** Our widgets and the operator's, which may replace ours. What one file does wrong is that file's trouble alone. */
export class Extensions {
  /** All widgets there are, by id. It stays the same map when files change. */
  readonly widgets = new Map<string, Widget>();
  readonly #folder: string;
  readonly #log: Pick<Log, 'warn' | 'info'>;
  #included: ReadonlyMap<string, Widget> = new Map();
  #marks: Marks = new Map();
  #all = new Map<string, Extension>();

  private constructor(extensionsDir: string, log: Pick<Log, 'warn' | 'info'>) {
    this.#folder = path.join(extensionsDir, 'widgets');
    this.#log = log;
  }

  /** @param extensionsDir the operator's folder; its widgets lie in `widgets/`. @throws Refusal that names a file of ours at fault */
  static async open(extensionsDir: string, log: Pick<Log, 'warn' | 'info'>): Promise<Extensions> {
    const extensions = new Extensions(extensionsDir, log);
    extensions.#included = await loadWidgets();
    await extensions.look();
    return extensions;
  }

  /** By file name. */
  get all(): readonly Extension[] {
    return [...this.#all.values()];
  }

  /** Reads the folder again. @returns the ids of the widgets that are new, other ones or gone */
  async look(): Promise<string[]> {
    return this.#take(await filesIn(this.#folder));
  }

  async #take(marks: Marks): Promise<string[]> {
    const stale = [...this.#all.values()].filter(({ file }) => marks.get(file) !== this.#marks.get(file));
    const wanted = [...marks.keys()].filter(file => marks.get(file) !== this.#marks.get(file));
    this.#marks = marks;
    if (stale.length === 0 && wanted.length === 0 && this.widgets.size > 0) return [];
    const fresh = await Promise.all(wanted.map(file => Extension.open(file, id => this.#included.get(id)?.describe.title)));
    for (const extension of stale) {
      extension.end();
      this.#all.delete(extension.file);
    }
    for (const extension of fresh) this.#all.set(extension.file, extension);
    for (const { file, problem } of fresh) if (problem !== undefined) this.#log.warn({ file, problem }, 'extension: cannot be loaded');
    this.#arrange();
    return [...new Set([...stale, ...fresh].map(({ widgetId }) => widgetId))];
  }

  /**
   * Looks again and again while somebody writes widgets. What changed since the look before may still be half written, so it is taken
   * when it stands as it stood. @returns what ends it
   */
  watch(onChange: (ids: string[]) => Promise<unknown> | void): () => Promise<void> {
    const end = new AbortController();
    const watching = (async () => {
      let before = this.#marks;
      while (!end.signal.aborted) {
        const marks = await filesIn(this.#folder);
        const changed = areSame(marks, before) ? await this.#take(marks) : [];
        before = marks;
        if (changed.length > 0) await onChange(changed);
        await pause(LOOK, undefined, { signal: end.signal }).catch(() => undefined);
      }
    })();
    return async () => {
      end.abort();
      await watching;
    };
  }

  end(): void {
    for (const extension of this.all) extension.end();
  }

  #arrange(): void {
    declareRights(this.all.flatMap(({ right }) => right ?? []));
    this.widgets.clear();
    for (const [id, widget] of this.#included) this.widgets.set(id, widget);
    for (const extension of this.all) {
      const widget = extension.toWidget();
      // what a replaced widget gathered has no place any more
      if (this.#included.get(widget.id)?.gathers === true)
        for (const [id, { describe }] of this.#included) if (describe.partOf === widget.id) this.widgets.delete(id);
      this.widgets.set(widget.id, widget);
    }
  }
}
