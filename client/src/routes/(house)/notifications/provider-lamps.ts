import type { ProviderView } from '#contract/providers.ts';
import type { LampState } from '#lib/ui/lamp.ts';

export const providerLamps: Record<ProviderView['state'], LampState> = { inactive: 'idle', active: 'ok', paused: 'bad' };
