import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Secrets } from '../platform/secrets.ts';
import { say } from '../words/say.ts';
import type { ProviderActivation } from './ProviderActivation.ts';
import { type Given, Pause, type Provider, type ProviderTools } from './providers/_provider.ts';

/** Settings to send with, and the secrets among them, which must never be shown. */
export interface Usable {
  settings: Given;
  secrets: string[];
}

const sealed = z.record(z.string(), z.string());
/** What secrets are bound to: those of one provider cannot be read back as another's. */
const contextOf = (id: string): string => `provider:${id}`;

export const sealSecrets = (secrets: Secrets, id: string, values: Record<string, string>): Buffer =>
  secrets.encrypt(JSON.stringify(values), contextOf(id));
export const openSecrets = (secrets: Secrets, { id, secrets: bytes }: Pick<ProviderActivation, 'id' | 'secrets'>): Record<string, string> =>
  sealed.parse(JSON.parse(secrets.decrypt(bytes, contextOf(id))));

/** The secrets within settings, by the names the provider gave them. */
export const secretsIn = (provider: Provider, settings: Given): Record<string, string> =>
  Object.fromEntries(provider.secrets.flatMap(name => (typeof settings[name] === 'string' ? [[name, settings[name]] as const] : [])));

const usable = (provider: Provider, settings: Given): Usable => ({ settings, secrets: Object.values(secretsIn(provider, settings)) });

/** Read by hand, since it is read for each message. */
const STORED = 'select id, settings, secrets from provider_activation where id = ?';

/**
 * What a provider sends with now: what was activated, else what the environment gives; `undefined` when neither is there.
 * @throws Pause when the secrets cannot be read any more
 */
export async function usableSettings(
  em: EntityManager,
  provider: Provider,
  tools: ProviderTools & { secrets: Secrets },
): Promise<Usable | undefined> {
  const [activation] = await em.execute<Pick<ProviderActivation, 'id' | 'settings' | 'secrets'>[]>(STORED, [provider.id]);
  if (!activation) {
    const given = provider.fallback(tools);
    return given && usable(provider, given);
  }
  try {
    return usable(provider, { ...activation.settings, ...openSecrets(tools.secrets, activation) });
  } catch {
    throw new Pause(
      say('What was stored for {label} cannot be read with this installation’s SECRET_KEY. Enter it anew in Providers.', {
        label: provider.label,
      }),
    );
  }
}
