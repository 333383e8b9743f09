import type { EntityManager } from '@mikro-orm/postgresql';
import { Admin } from '../admins/Admin.ts';
import { record } from '../events/record.ts';
import type { Actor } from '../platform/actor.ts';
import { databaseNow } from '../platform/db/now.ts';
import { Problem } from '../platform/problem.ts';
import type { Tools } from '../platform/tools.ts';
import { ProviderActivation } from './ProviderActivation.ts';
import { type Given, type Message, Pause, type Provider, Refused, type Step, TryAgain } from './providers/_provider.ts';
import { checked } from './rule-input.ts';
import { settingsChanges } from './settings-changes.ts';
import { openSecrets, sealSecrets, secretsIn, usableSettings } from './stored-settings.ts';
import { say } from '../words/say.ts';

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** What is stored, as far as it can be read. */
function storedSecrets(activation: ProviderActivation, { secrets }: Tools): Record<string, string> {
  try {
    return openSecrets(secrets, activation);
  } catch {
    return {}; // stored under a key that is gone: they have to be entered anew
  }
}

/** The stored secrets, as long as they would go where they went: nobody has them sent to an address of their own. */
function kept(provider: Provider, given: Given, activation: ProviderActivation, tools: Tools): Record<string, string> {
  return provider.sentTo(given) === provider.sentTo(activation.settings) ? storedSecrets(activation, tools) : {};
}

/**
 * Settings as a form sends them, whole: a secret left out is the stored one, unless the address changed.
 * @throws Problem `invalid`
 */
async function completed(em: EntityManager, provider: Provider, given: Given, tools: Tools): Promise<Given> {
  const filled = Object.fromEntries(Object.entries(given).filter(([name, value]) => !isEmpty(value) && !provider.internal.includes(name)));
  const activation = await em.findOne(ProviderActivation, provider.id);
  const parsed = provider.settings.partial().safeParse(filled);
  const old = activation ? kept(provider, parsed.data ?? filled, activation, tools) : {};
  const stays = Object.fromEntries(Object.entries(old).filter(([name]) => !provider.internal.includes(name)));
  const next = checked(provider.settings, { ...stays, ...filled }, 'settings');
  const before = activation && { ...activation.settings, ...old };
  // only one that can be read whole, and whose secrets went to the same place, is succeeded
  const isWhole = before !== null && Object.keys(old).length > 0 && provider.settings.safeParse(before).success;
  return isWhole ? { ...next, ...provider.succeed(next, before, await databaseNow(em)) } : next;
}

/** @throws Problem `test_failed` with the step that refused */
function demandOk(steps: readonly Step[]): void {
  const bad = steps.find(({ state }) => state === 'bad');
  if (bad) throw new Problem('test_failed', { detail: `${bad.label}: ${bad.detail}` });
}

/**
 * Tests settings on the real service and stores them if it agrees; whatever waited for the provider goes out then.
 * @throws Problem `invalid`, `test_failed`
 */
export async function activateProvider(
  em: EntityManager,
  actor: Actor,
  { provider, given }: { provider: Provider; given: Given },
  tools: Tools,
): Promise<void> {
  const settings = await completed(em, provider, given, tools);
  demandOk(await provider.check(settings, tools));
  const secrets = secretsIn(provider, settings);
  const open = Object.fromEntries(Object.entries(settings).filter(([name]) => !Object.hasOwn(secrets, name)));
  await em.transactional(async em => {
    const before = await em.fork({ keepTransactionContext: true }).findOne(ProviderActivation, provider.id);
    await em.upsert(
      ProviderActivation,
      {
        id: provider.id,
        settings: open,
        secrets: sealSecrets(tools.secrets, provider.id, secrets),
        activatedBy: await em.findOneOrFail(Admin, { id: actor.id ?? '' }),
        pausedAt: null,
        pausedBecause: null,
        heldUntil: null,
      },
      { onConflictExcludeFields: ['activeSince'] },
    );
    const changes = settingsChanges(before ? { open: before.settings, secrets: storedSecrets(before, tools) } : undefined, {
      open,
      secrets,
    });
    record(em, actor, 'provider.activated', { providerId: provider.id, provider: provider.label, changes });
  });
}

/** Forgets a provider's settings and secrets. Done twice, it is done. */
export function deactivateProvider(em: EntityManager, actor: Actor, provider: Provider): Promise<void> {
  return em.transactional(async em => {
    const gone = await em.nativeDelete(ProviderActivation, { id: provider.id });
    if (gone > 0) record(em, actor, 'provider.deactivated', { providerId: provider.id, provider: provider.label });
  });
}

const testMessage = (by: string): Omit<Message, 'deliveryId' | 'organisation'> => ({
  title: say('[Test] Quarterdeck can reach you'),
  text: say('{by} tried this way out. There is nothing to do.', { by }),
  facts: [],
  footer: say('Sent by the test in Providers.'),
});

async function sendTest(
  provider: Provider,
  settings: Given,
  to: Given,
  by: { name: string; organisation: string; id: string },
  tools: Tools,
): Promise<Step> {
  const step = (state: Step['state'], detail: string): Step => ({ label: say('Send'), state, detail });
  try {
    const message: Message = { ...testMessage(by.name), deliveryId: by.id, organisation: by.organisation };
    return step('ok', await provider.send(message, settings, to, tools));
  } catch (error) {
    if (error instanceof Refused || error instanceof TryAgain || error instanceof Pause) return step('bad', error.message);
    throw error;
  }
}

/** What to try: what the form holds, else what is in use. @throws Problem `invalid`, `provider_inactive` */
async function settingsToTry(em: EntityManager, provider: Provider, given: Given | undefined, tools: Tools): Promise<Given> {
  if (given) return completed(em, provider, given, tools);
  const usable = await usableSettings(em, provider, tools);
  if (!usable) throw new Problem('provider_inactive');
  return usable.settings;
}

/**
 * Tries settings without storing them, the given ones or those in use; with a target a message goes there too.
 * @throws Problem `invalid`, `provider_inactive`
 */
export async function testProvider(
  em: EntityManager,
  actor: Actor,
  {
    provider,
    given,
    target,
    organisation,
  }: { provider: Provider; given: Given | undefined; target: Given | undefined; organisation: string },
  tools: Tools,
): Promise<{ ok: boolean; steps: Step[] }> {
  const to = target && checked(provider.target, target, 'target');
  const settings = await settingsToTry(em, provider, given, tools);
  const steps = await provider.check(settings, tools);
  const passed = steps.every(({ state }) => state === 'ok');
  if (to && passed) steps.push(await sendTest(provider, settings, to, { name: actor.name, organisation, id: crypto.randomUUID() }, tools));
  const ok = steps.every(({ state }) => state === 'ok');
  await em.transactional(em =>
    Promise.resolve(record(em, actor, 'provider.tested', { providerId: provider.id, provider: provider.label, ok })),
  );
  return { ok, steps };
}
