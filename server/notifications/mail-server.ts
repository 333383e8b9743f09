import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tools } from '../platform/tools.ts';
import { ProviderActivation } from './ProviderActivation.ts';
import { providerOf } from './providers/_all.ts';
import { Pause } from './providers/_provider.ts';
import { usableSettings } from './stored-settings.ts';

/**
 * Connects to the mail server, protects the connection and signs in, and sends nothing.
 * @returns why it cannot be used, in words; undefined: it can; null where there is none, or where it is paused and so told of already
 */
export async function mailServerTrouble(em: EntityManager, tools: Tools): Promise<string | null | undefined> {
  const email = providerOf('email');
  try {
    if (await em.count(ProviderActivation, { id: email.id, pausedAt: { $ne: null } })) return null;
    const usable = await usableSettings(em, email, tools);
    if (!usable) return null;
    // what the DNS says of a signature is not the server's doing
    const smtp = Object.fromEntries(Object.entries(usable.settings).filter(([name]) => !name.startsWith('dkim')));
    return (await email.check(smtp, tools)).find(({ state }) => state === 'bad')?.detail;
  } catch (error) {
    if (error instanceof Pause) return null;
    throw error;
  }
}
