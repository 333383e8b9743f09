import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Secrets } from '../platform/secrets.ts';
import { ExtensionSettings } from './ExtensionSettings.ts';
import type { Settings } from './messages.ts';

const sealed = z.record(z.string(), z.unknown());
/** What secrets are bound to: those of one widget cannot be read back as another's. */
const contextOf = (id: string): string => `extension:${id}`;

export const sealSecrets = (secrets: Secrets, id: string, values: Settings): Buffer =>
  secrets.encrypt(JSON.stringify(values), contextOf(id));

/** @throws what `decrypt` throws, when they were stored under a key that is gone */
export const openSecrets = (secrets: Secrets, { id, secrets: bytes }: ExtensionSettings): Settings =>
  sealed.parse(JSON.parse(secrets.decrypt(bytes, contextOf(id))));

/** What a widget loads with now. @throws Error whose message says what to do, when the secrets cannot be read any more */
export async function settingsOf(em: EntityManager, id: string, secrets: Secrets): Promise<Settings> {
  const row = await em.findOne(ExtensionSettings, id);
  if (!row) return {};
  try {
    return { ...row.settings, ...openSecrets(secrets, row) };
  } catch (cause) {
    throw new Error('Its secrets cannot be read with this installation’s SECRET_KEY. Enter them anew under Settings, Extensions.', {
      cause,
    });
  }
}
