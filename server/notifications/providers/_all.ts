import { loadDirectory } from '../../platform/load-directory.ts';
import { Problem } from '../../platform/problem.ts';
import { say } from '../../words/say.ts';
import type { Provider } from './_provider.ts';

const isProvider = (value: unknown): value is Provider =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'provider';

/** Every way out there is, by id: one for each file of this folder. */
export const providers: ReadonlyMap<string, Provider> = await loadDirectory([import.meta.dirname], {
  what: 'a provider',
  isEntry: isProvider,
});

/** @throws Problem `not_found` */
export function providerOf(id: string): Provider {
  const provider = providers.get(id);
  if (!provider) throw new Problem('not_found', { detail: say('There is no provider {id}.', { id }) });
  return provider;
}

/** Whether rules may use it although nothing is set up. */
export const worksEmbedded = (id: string): boolean => providers.get(id)?.embedded !== undefined;
