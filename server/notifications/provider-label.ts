import { sayStored } from '../words/say.ts';
import { providers } from './providers/_all.ts';

/** What people call a provider; one that there is no more goes by its id. */
export const providerLabel = (id: string): string => sayStored(providers.get(id)?.label ?? id);
