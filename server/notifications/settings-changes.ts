import { HIDDEN } from '../events/withhold.ts';
import type { Given } from './providers/_provider.ts';

interface Settings {
  open: Given;
  secrets: Given;
}
type Changes = Record<string, { before: unknown; after: unknown }>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What differs between the settings before and after, field by field; of a secret that it was set, replaced or taken out, never what it is. */
export function settingsChanges(before: Settings | undefined, after: Settings): Changes {
  const changes: Changes = {};
  const had = before ?? { open: {}, secrets: {} };
  for (const name of new Set([...Object.keys(had.open), ...Object.keys(after.open)]))
    if (!same(had.open[name], after.open[name])) changes[name] = { before: had.open[name] ?? null, after: after.open[name] ?? null };
  for (const name of new Set([...Object.keys(had.secrets), ...Object.keys(after.secrets)]))
    if (!same(had.secrets[name], after.secrets[name]))
      changes[name] = { before: name in had.secrets ? HIDDEN : null, after: name in after.secrets ? HIDDEN : null };
  return changes;
}
