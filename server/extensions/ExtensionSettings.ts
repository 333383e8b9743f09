import { defineEntity, p } from '@mikro-orm/postgresql';
import { versionColumn } from '../platform/db/columns.ts';

const ExtensionSettingsSchema = defineEntity({
  name: 'ExtensionSettings',
  properties: {
    /** The widget's id. */
    id: p.text().primary(),
    /** All but the secrets. */
    settings: p.json<Record<string, unknown>>(),
    /** The secrets as JSON, AES-256-GCM, bound to the widget's id. */
    secrets: p.blob(),
    changedAt: p.datetime(),
    changedBy: p.text(),
    version: versionColumn(),
  },
});
/** What was set for an extension's widget. Without a row it has what its schema gives by itself. */
export class ExtensionSettings extends ExtensionSettingsSchema.class {}
ExtensionSettingsSchema.setClass(ExtensionSettings);
