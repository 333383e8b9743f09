import type { DeliveryRow, DeliveryView } from '#contract/deliveries.ts';
import type { RuleView } from '#contract/notifications.ts';
import { endOf } from '../platform/end-of.ts';
import type { ProviderView } from '#contract/providers.ts';
import type { Attempt, Delivery } from './Delivery.ts';
import type { ProviderActivation } from './ProviderActivation.ts';
import type { Rule } from './Rule.ts';
import { MAX_TRIES } from './back-off.ts';
import { labelOfType } from './catalogue.ts';
import { providerLabel } from './provider-label.ts';
import type { Given, Provider } from './providers/_provider.ts';
import type { Sending } from './sending.ts';
import { ruleSentence } from './sentence.ts';
import { sayStored } from '../words/say.ts';
import { formInWords } from '../words/form.ts';

/** What changes of a delivery as it is tried. */
export interface Standing extends Pick<Delivery, 'state' | 'tries' | 'nextTryAt' | 'version'> {
  reason?: string | null | undefined;
  finishedAt?: Date | null | undefined;
}

export const presentStanding = ({ state, reason, tries, nextTryAt, finishedAt, version }: Standing) => ({
  state,
  reason: reason === null || reason === undefined ? null : sayStored(reason),
  tries,
  nextTryAt: state === 'retrying' || state === 'queued' ? nextTryAt.toISOString() : null,
  finishedAt: finishedAt?.toISOString() ?? null,
  version,
});

/** Needs `event` and `rule` loaded. */
export const presentDeliveryRow = (delivery: Sending): DeliveryRow => ({
  id: delivery.id,
  createdAt: delivery.createdAt.toISOString(),
  provider: delivery.provider,
  providerLabel: providerLabel(delivery.provider),
  target: delivery.targetLabel,
  rule: delivery.rule ? { id: delivery.rule.id, name: delivery.rule.name } : null,
  about: delivery.about,
  event: { id: delivery.event.id, type: delivery.event.type, label: labelOfType(delivery.event.type) },
  test: delivery.test,
  collects: delivery.collects ?? null,
  toldBy: delivery.toldBy?.id ?? null,
  maxTries: MAX_TRIES,
  ...presentStanding(delivery),
});

/** One that is under way has no outcome to show yet. */
export const presentAttempts = (attempts: readonly Attempt[]): DeliveryView['attempts'] =>
  attempts.flatMap(({ number, startedAt, durationMs, outcome, answer }) =>
    outcome
      ? [
          {
            number,
            at: startedAt.toISOString(),
            durationMs: durationMs ?? null,
            outcome,
            answer: answer === null || answer === undefined ? null : sayStored(answer),
          },
        ]
      : [],
  );

export interface RuleFigures {
  /** In ms since 1970. */
  lastFiredAt: number | null;
  sent: number;
  failed: number;
}

/** Needs `owner` loaded. */
export const presentRule = (
  rule: Rule,
  {
    figures,
    perDay,
    stateOf,
  }: { figures: RuleFigures | undefined; perDay: RuleView['perDay']; stateOf: (provider: string) => ProviderView['state'] },
): RuleView => ({
  id: rule.id,
  name: rule.name,
  enabled: rule.enabled,
  events: rule.events,
  match: rule.match,
  conditions: rule.conditions,
  targets: rule.targets.map(({ provider, target, label }) => ({ provider, target, label, providerState: stateOf(provider) })),
  text: rule.text ?? null,
  pacing: rule.pacing,
  sentence: ruleSentence(rule),
  owner: { id: rule.owner.id, name: rule.owner.name, disabled: rule.owner.disabledAt !== null && rule.owner.disabledAt !== undefined },
  lastFiredAt: figures?.lastFiredAt ? new Date(figures.lastFiredAt).toISOString() : null,
  sent7d: figures?.sent ?? 0,
  failed7d: figures?.failed ?? 0,
  perDay,
  version: rule.version,
});

/** Shows what is set and, of each secret, that it is set and how it ends. */
export function presentProvider(
  provider: Provider,
  {
    activation,
    settings,
    secrets,
    rules,
  }: { activation: ProviderActivation | null; settings: Given | undefined; secrets: Record<string, string>; rules: number },
): ProviderView {
  const { lastFailureAt, lastFailure } = activation ?? {};
  const isForPeople = (name: string): boolean => !provider.internal.includes(name);
  return {
    id: provider.id,
    label: sayStored(provider.label),
    description: sayStored(provider.description),
    state: stateOf(activation, settings !== undefined),
    reason: activation?.pausedBecause ? sayStored(activation.pausedBecause) : null,
    pausedAt: activation?.pausedAt?.toISOString() ?? null,
    heldUntil: activation?.heldUntil && activation.heldUntil > new Date() ? activation.heldUntil.toISOString() : null,
    activeSince: activation?.activeSince.toISOString() ?? null,
    embedded: provider.embedded === undefined ? null : sayStored(provider.embedded),
    settingsForm: formInWords(provider.settingsForm),
    targetForm: formInWords(provider.targetForm),
    settings: Object.fromEntries(Object.entries(settings ?? {}).filter(([name]) => isForPeople(name) && !provider.secrets.includes(name))),
    secrets: Object.fromEntries(
      Object.entries(secrets)
        .filter(([name]) => isForPeople(name))
        .map(([name, secret]) => [name, endOf(secret)]),
    ),
    note: noteOf(provider, { ...settings, ...secrets }),
    lastSuccessAt: activation?.lastSuccessAt?.toISOString() ?? null,
    lastFailure: lastFailureAt ? { at: lastFailureAt.toISOString(), reason: sayStored(lastFailure ?? '') } : null,
    rules,
  };
}

/** Nothing is said of settings that are not whole. */
function noteOf(provider: Provider, settings: Given): ProviderView['note'] {
  const isWhole = provider.settings.safeParse(settings).success;
  return (isWhole && provider.note(settings, new Date())) || null;
}

/** @param isSet whether there is anything to send with, from the environment too */
export function stateOf(activation: Pick<ProviderActivation, 'pausedAt'> | null | undefined, isSet: boolean): ProviderView['state'] {
  if (activation?.pausedAt) return 'paused';
  return isSet ? 'active' : 'inactive';
}
