import { createHash } from 'node:crypto';
import type { LayoutView } from '#contract/layout.ts';
import type { SnapshotText } from '../platform/live/broadcast.ts';
import { Encoded } from '../platform/http/encoded.ts';
import type { ShownWidget } from '../platform/tools.ts';
import { language, sayStored } from '../words/say.ts';

/** How many dashboards are kept: one per set of rights, as a rule. */
const KEPT = 100;

/** One version of somebody's dashboard: what two people with the same rights share. */
interface Parts {
  widgets: readonly ShownWidget[];
  layout: LayoutView;
  /** Of those that have figures, in the same order. */
  snapshots: readonly string[];
  /** JSON, where the person may see it and it is known. */
  roster: string | undefined;
}

/** Names what a dashboard shows: the widgets with their versions, how they are arranged, the roster's version, and the program's own. */
export function etagOf(
  program: string,
  { widgets, layout }: Pick<Parts, 'widgets' | 'layout'>,
  snapshots: readonly (SnapshotText | undefined)[],
  roster: string,
): string {
  const hash = createHash('sha256').update(`${program} ${language()}`).update(JSON.stringify(layout));
  for (const { describe } of widgets) hash.update(`\n${JSON.stringify(describe)}`); // an extension may be another one than before
  for (const snapshot of snapshots) hash.update(`\n${snapshot?.version ?? 0}`);
  return `"${hash.update(`\n${roster}`).digest('base64url').slice(0, 27)}"`;
}

/** The widgets that somebody with these rights sees, lightest first. */
export function visible(widgets: ReadonlyMap<string, ShownWidget>, permissions: ReadonlySet<string>): ShownWidget[] {
  return [...widgets.values()]
    .filter(({ describe }) => permissions.has(describe.needs))
    .sort((a, b) => a.weight - b.weight || (a.describe.id < b.describe.id ? -1 : 1));
}

/** Without the widgets whose figures nobody looks at: those hidden or collapsed, with their parts. */
export function awake(widgets: readonly ShownWidget[], { shown, hidden }: LayoutView): ShownWidget[] {
  const asleep = new Set([...hidden, ...shown.filter(({ collapsed }) => collapsed).map(({ id }) => id)]);
  return widgets.filter(({ describe: { id, partOf } }) => !asleep.has(partOf ?? id));
}

/** A widget is loaded once for everybody; what it is called its reader reads in their language. */
const described = (describe: ShownWidget['describe']): ShownWidget['describe'] => ({
  ...describe,
  title: sayStored(describe.title),
  description: sayStored(describe.description),
  ...(describe.extension?.replaces !== undefined && {
    extension: { ...describe.extension, replaces: sayStored(describe.extension.replaces) },
  }),
});

const encode = ({ widgets, layout, snapshots, roster }: Parts): string =>
  `{"widgets":${JSON.stringify(widgets.map(({ describe }) => described(describe)))},"layout":${JSON.stringify(layout)},"snapshots":[${snapshots.join(',')}]${roster === undefined ? '' : `,"roster":${roster}`}}`;

/** Dashboards as text, by their tags: put together once, of texts that are encoded already. */
export class Dashboards {
  readonly #kept = new Map<string, Encoded>();

  get(etag: string, parts: Parts): Encoded {
    const known = this.#kept.get(etag);
    if (known) return known;
    const made = new Encoded(encode(parts), etag);
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value ?? '');
    this.#kept.set(etag, made);
    return made;
  }
}
