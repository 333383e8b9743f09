import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { record } from '../events/record.ts';
import { settingsChanges } from '../notifications/settings-changes.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { ShownExtension } from '../platform/tools.ts';
import { say } from '../words/say.ts';
import { ExtensionSettings } from './ExtensionSettings.ts';
import type { Settings } from './messages.ts';
import { openSecrets, sealSecrets } from './stored.ts';

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';
const without = (settings: Settings, names: readonly string[]): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)));

/** The secrets that are stored, as far as they can be read. */
export function readableSecrets(row: ExtensionSettings | null, secrets: Secrets): Settings {
  if (!row) return {};
  try {
    return openSecrets(secrets, row);
  } catch {
    return {}; // stored under a key that is gone: they have to be entered anew
  }
}

/** The settings that are addresses, by the form. */
const addressesIn = (form: Record<string, unknown>): string[] =>
  Object.entries((form['properties'] ?? {}) as Record<string, { format?: string }>) // JSON Schema, as zod writes it
    .filter(([, { format }]) => format === 'uri')
    .map(([name]) => name);

/** The stored secrets, as long as they would go where they went: nobody has them sent to an address of their own. */
function kept(form: Record<string, unknown>, given: Settings, row: ExtensionSettings | null, secrets: Secrets): Settings {
  return addressesIn(form).every(name => given[name] === row?.settings[name]) ? readableSecrets(row, secrets) : {};
}

interface Wanted {
  /** As it was read; 0: nothing was set. */
  version: number;
  settings: Settings;
}

/** Writes a row that nobody else wrote meanwhile. @throws Problem `conflict` */
async function write(em: EntityManager, id: string, version: number, values: Omit<ExtensionSettings, 'id' | 'version'>): Promise<void> {
  try {
    if (version === 0) await em.insert(ExtensionSettings, { id, ...values });
    else if ((await em.nativeUpdate(ExtensionSettings, { id, version }, { ...values, version: version + 1 })) === 0)
      throw new Problem('conflict');
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw new Problem('conflict');
    throw error;
  }
}

/**
 * Stores what somebody set for an extension, whole: a secret left out is the stored one, unless an address changed.
 * @throws Problem `invalid` by the extension's own schema, `conflict`, `not_found` where there is nothing to set
 */
export async function configureExtension(
  em: EntityManager,
  actor: Actor,
  { extension, wanted: { version, settings: given } }: { extension: ShownExtension; wanted: Wanted },
  secrets: Secrets,
): Promise<void> {
  const { widgetId: id, title, settings: own } = extension;
  if (!own) throw new Problem('not_found', { detail: say('{title} has nothing to set.', { title }) });
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => !isEmpty(value)));
  const stored = await em.fork().findOne(ExtensionSettings, id);
  const all = { ...kept(own.form, filled, stored, secrets), ...filled };
  const faults = await extension.check(all);
  if (Object.keys(faults).length > 0)
    throw new Problem('invalid', {
      fields: Object.fromEntries(Object.entries(faults).map(([path, fault]) => [`settings.${path}`, fault])),
    });
  const open = without(all, own.secrets);
  const hidden = without(all, Object.keys(open));
  await em.transactional(async em => {
    const before = await em.findOne(ExtensionSettings, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if ((before?.version ?? 0) !== version)
      throw new Problem(
        'conflict',
        before ? { detail: say('{changedBy} changed it in the meantime.', { changedBy: before.changedBy }) } : {},
      );
    const was = before ? { open: before.settings, secrets: readableSecrets(before, secrets) } : undefined;
    const changes = settingsChanges(was, { open, secrets: hidden });
    if (Object.keys(changes).length === 0) return;
    const sealed = sealSecrets(secrets, id, hidden);
    await write(em, id, version, { settings: open, secrets: sealed, changedAt: await databaseNow(em), changedBy: actor.name });
    record(em, actor, 'extension.configured', { widgetId: id, widget: title, changes });
  });
}
