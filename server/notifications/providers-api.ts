import type { EntityManager } from '@mikro-orm/postgresql';
import * as contract from '#contract/providers.ts';
import { type Route, route } from '../platform/http/route.ts';
import { Problem } from '../platform/problem.ts';
import type { Tools } from '../platform/tools.ts';
import { organisation } from '../settings/queries.ts';
import { say } from '../words/say.ts';
import { activateProvider, deactivateProvider, testProvider } from './activation.ts';
import { presentProvider } from './present.ts';
import { exampleShown } from './preview.ts';
import { providerOf, providers } from './providers/_all.ts';
import { Pause, type Provider, Refused, TryAgain } from './providers/_provider.ts';
import { activations, rulesByProvider } from './queries.ts';
import { openSecrets, secretsIn, usableSettings } from './stored-settings.ts';

async function viewOf(em: EntityManager, provider: Provider, tools: Tools): Promise<contract.ProviderView> {
  const activation = (await activations(em)).get(provider.id) ?? null;
  const rules = (await rulesByProvider(em)).get(provider.id) ?? 0;
  const settings = activation?.settings ?? provider.fallback(tools);
  return presentProvider(provider, {
    activation,
    settings,
    rules,
    secrets: activation ? readable(tools, activation) : secretsIn(provider, settings ?? {}),
  });
}

/** Secrets that cannot be read any more are as good as none. */
function readable({ secrets }: Tools, activation: Parameters<typeof openSecrets>[1]): Record<string, string> {
  try {
    return openSecrets(secrets, activation);
  } catch {
    return {};
  }
}

async function choicesOf(
  em: EntityManager,
  provider: Provider,
  { field, search = '' }: { field: string; search?: string | undefined },
  tools: Tools,
) {
  try {
    const usable = await usableSettings(em, provider, tools);
    if (!usable) throw new Problem('provider_inactive');
    const choices = provider.choices(field, usable.settings, search, tools);
    if (!choices) throw new Problem('not_found', { detail: say('Nothing is asked for this field.') });
    return await choices;
  } catch (error) {
    if (error instanceof Refused || error instanceof TryAgain || error instanceof Pause)
      throw new Problem('unavailable', { detail: error.message }, { cause: error });
    throw error;
  }
}

/** The ways out. */
export const providerRoutes: Route[] = [
  route(contract.listProviders, 'rules.view', {}, async ({ em, tools }) => {
    const items: contract.ProviderView[] = [];
    for (const provider of providers.values()) items.push(await viewOf(em, provider, tools));
    return { items };
  }),

  route(contract.getProvider, 'rules.view', {}, ({ em, params, tools }) => viewOf(em, providerOf(params.id), tools)),

  route(
    contract.activateProvider,
    'providers.edit',
    { records: ['provider.activated'], limit: 'provider-test', confirmed: true },
    async ({ em, actor, params, body, tools }) => {
      const provider = providerOf(params.id);
      await activateProvider(em, actor, { provider, given: body.settings }, tools);
      return viewOf(em.fork(), provider, tools);
    },
  ),

  route(
    contract.testProvider,
    'providers.edit',
    { records: ['provider.tested'], limit: 'provider-test' },
    async ({ em, actor, params, body, tools }) => {
      const { name } = await organisation(em);
      return testProvider(
        em,
        actor,
        { provider: providerOf(params.id), given: body.settings, target: body.target, organisation: name },
        tools,
      );
    },
  ),

  route(contract.providerChoices, 'rules.edit', { records: { nothing: 'it only asks the service' } }, ({ em, params, body, tools }) =>
    choicesOf(em, providerOf(params.id), body, tools),
  ),

  route(
    contract.previewProvider,
    'providers.edit',
    { records: { nothing: 'nothing is sent or stored' } },
    ({ em, actor, params, body, tools }) => exampleShown(em, actor, { provider: providerOf(params.id), target: body.target }, tools),
  ),

  route(
    contract.deactivateProvider,
    'providers.edit',
    { records: ['provider.deactivated'], confirmed: true },
    async ({ em, actor, params, tools }) => {
      const provider = providerOf(params.id);
      await deactivateProvider(em, actor, provider);
      return viewOf(em.fork(), provider, tools);
    },
  ),
];
