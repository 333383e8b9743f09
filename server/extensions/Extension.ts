import path from 'node:path';
import type { DeclaredRight } from '#contract/declared-rights.ts';
import type { Permission } from '#contract/permissions.ts';
import type { View } from '#contract/widgets.ts';
import type { ShownExtension } from '../platform/tools.ts';
import type { LoadTools, Widget } from '../widgets/_widget.ts';
import { ExtensionThread } from './ExtensionThread.ts';
import { answer } from './answer.ts';
import { type Description, type Settings, description } from './messages.ts';
import { settingsOf } from './stored.ts';

/** How long a file may take to say what it is, in ms. */
const PATIENCE = 5000;
/** Who is told, by a card on the dashboard, of a file that cannot be loaded. */
const TOLD: Permission = 'settings.view';

/** One file of the operator's, as it is now: a widget, or why it is none. */
export class Extension implements ShownExtension {
  readonly file: string;
  /** The file's name without its ending, which a widget's id has to be. */
  readonly name: string;
  readonly description: Description | undefined;
  /** Why it cannot be loaded. */
  readonly problem: string | undefined;
  readonly replaces: string | undefined;
  readonly #thread: ExtensionThread;

  private constructor(
    file: string,
    thread: ExtensionThread,
    found: { description: Description; replaces: string | undefined } | { problem: string },
  ) {
    this.file = file;
    this.name = path.parse(file).name;
    this.#thread = thread;
    this.description = 'description' in found ? found.description : undefined;
    this.problem = 'problem' in found ? found.problem : undefined;
    this.replaces = 'replaces' in found ? found.replaces : undefined;
  }

  /**
   * Asks a file what it is. One that throws, hangs or is no widget becomes an extension with a problem.
   * @param titleOf what the product's own widget of an id is called, if there is one
   */
  static async open(file: string, titleOf: (id: string) => string | undefined): Promise<Extension> {
    const thread = new ExtensionThread(file);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`Loading the file took longer than ${PATIENCE / 1000} s.`)), PATIENCE);
    try {
      const found = description.parse(await thread.call({ what: 'describe' }, late.signal));
      return new Extension(file, thread, { description: found, replaces: titleOf(found.id) });
    } catch (error) {
      thread.end();
      return new Extension(file, thread, { problem: error instanceof Error ? error.message : String(error) });
    } finally {
      clearTimeout(timer);
    }
  }

  /** The right it declares, if it has one of its own. */
  get right(): DeclaredRight | undefined {
    return this.description?.own && { id: `widget.${this.name}`, ...this.description.own };
  }

  /** The right without which nobody gets it. */
  get needs(): Permission {
    return this.right?.id ?? (this.description ? (this.description.needs as Permission) : TOLD); // the thread held it against the list
  }

  /** Under which id it stands on the dashboard. One with a problem leaves the included widget of its name where it is. */
  get widgetId(): string {
    return this.description?.id ?? `broken-${this.name}`;
  }

  get title(): string {
    return this.description?.title ?? path.basename(this.file);
  }

  get settings(): Description['settings'] {
    return this.description?.settings;
  }

  /** As the rest of the product sees it; one with a problem is a card that says so. */
  toWidget(): Widget {
    const { description = '', view, columns = 1, rows = 3, weight = 100, refreshOn = [], every, cache, settings } = this.description ?? {};
    return {
      kind: 'widget',
      id: this.widgetId,
      describe: {
        id: this.widgetId,
        title: this.title,
        description: this.problem === undefined ? description : 'A file of the extensions folder that cannot be loaded.',
        view: (view ?? 'text') as View, // the thread held it against the list
        columns: columns as 1 | 2 | 3,
        rows,
        needs: this.needs,
        extension: { file: path.basename(this.file), ...(this.replaces !== undefined && { replaces: this.replaces }) },
        ...(settings && { settings: true }),
        ...(every === undefined ? {} : { expectedEvery: Math.ceil(every / 1000) }),
      },
      weight,
      refreshOn: settings ? [...refreshOn, 'extension.configured'] : refreshOn,
      every,
      cache,
      resend: undefined,
      gathers: false,
      load: ({ signal, ...tools }) => this.load(tools, signal),
    };
  }

  /** Holds settings against the widget's own schema. @returns a sentence for each field at fault */
  async check(settings: Settings): Promise<Record<string, string>> {
    return (await this.#thread.call({ what: 'check', settings }, AbortSignal.timeout(PATIENCE))) as Record<string, string>; // `fieldsOf` in the thread
  }

  end(): void {
    this.#thread.end();
  }

  /** Asks for the figures. @throws Error with the widget's own reason; the signal's when the time is up, and with it the thread */
  async load(tools: Pick<LoadTools, 'em' | 'secrets' | 'outbound'>, signal: AbortSignal): Promise<unknown> {
    if (this.problem !== undefined) throw new Error(this.problem);
    const settings = this.description?.settings ? await settingsOf(tools.em, this.widgetId, tools.secrets) : {};
    const text = await this.#thread.call({ what: 'load', settings }, signal, answer(tools, signal));
    return JSON.parse(String(text));
  }
}
