import { sayStored } from '../words/say.ts';
import { providers } from './providers/_all.ts';

/** What a provider is called in what is written down; one that there is no more goes by its id. */
export const storedProviderLabel = (id: string): string => providers.get(id)?.label ?? id;
/** What people call a provider. */
export const providerLabel = (id: string): string => sayStored(storedProviderLabel(id));
