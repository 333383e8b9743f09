import path from 'node:path';
import type { ExtensionView } from '#contract/extensions.ts';
import { endOf } from '../platform/end-of.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { ShownExtension } from '../platform/tools.ts';
import type { ExtensionSettings } from './ExtensionSettings.ts';
import { readableSecrets } from './configure.ts';
import { rightLabel } from '../words/rights.ts';

function presentSettings({ settings }: ShownExtension, row: ExtensionSettings | null, secrets: Secrets): ExtensionView['settings'] {
  if (!settings) return null;
  const set = Object.entries(readableSecrets(row, secrets)).filter(([name]) => settings.secrets.includes(name));
  return {
    form: settings.form,
    // what was stored before it became a secret is not shown either
    values: Object.fromEntries(Object.entries(row?.settings ?? {}).filter(([name]) => !settings.secrets.includes(name))),
    secrets: Object.fromEntries(set.map(([name, secret]) => [name, endOf(String(secret))])),
    version: row?.version ?? 0,
    changed: row ? { at: row.changedAt.toISOString(), by: row.changedBy } : null,
  };
}

/** @param row what was set for it */
export const presentExtension = (extension: ShownExtension, row: ExtensionSettings | null, secrets: Secrets): ExtensionView => ({
  id: extension.widgetId,
  file: path.basename(extension.file),
  title: extension.title,
  state: extension.problem !== undefined ? 'broken' : extension.replaces === undefined ? 'adds' : 'replaces',
  problem: extension.problem ?? null,
  needs: { permission: extension.needs, label: rightLabel(extension.needs) },
  settings: presentSettings(extension, row, secrets),
});
