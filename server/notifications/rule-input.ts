import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { Condition, RuleInput, RuleTarget } from '#contract/notifications.ts';
import { fieldsOf as faultsOf } from '../platform/http/parse.ts';
import { Problem, invalid } from '../platform/problem.ts';
import type { Tools } from '../platform/tools.ts';
import { say, sayStored } from '../words/say.ts';
import type { StoredTarget } from './Rule.ts';
import { hasField, isListenable, isMoneyField } from './catalogue.ts';
import { providers } from './providers/_all.ts';
import { type Given, type Provider, Refused } from './providers/_provider.ts';
import { knownLabel } from './queries.ts';
import { usableSettings } from './stored-settings.ts';
import { wayKey } from './target-key.ts';

/** Holds values against a provider's own schema. @throws Problem `invalid`, each path beginning with `at` */
export function checked(schema: z.ZodObject, given: Given, at: string): Given {
  const { data, error } = schema.safeParse(given);
  if (data) return data;
  throw new Problem('invalid', {
    fields: Object.fromEntries(Object.entries(faultsOf(error)).map(([path, fault]) => [`${at}.${path}`, fault])),
  });
}

/** What an operator needs beside it; undefined when the condition is whole. */
function faultOf({ operator, value }: Condition, isMoney: boolean): string | undefined {
  if (isMoney && operator !== 'exists')
    return typeof value === 'object' && !Array.isArray(value) ? undefined : say('Give an amount and its currency, such as 25 USD.');
  switch (operator) {
    case 'exists':
      return value === undefined || typeof value === 'boolean' ? undefined : say('This asks for yes or no.');
    case 'in':
      return Array.isArray(value) && value.length > 0 ? undefined : say('Give one value or several.');
    case 'greater':
    case 'less':
      return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
        ? undefined
        : say('This asks for a number.');
    default:
      return value === undefined || typeof value === 'object' || value === '' ? say('Give one value.') : undefined;
  }
}

function unknownEvents(events: readonly string[]): Record<string, string> {
  const unknown = [...events.entries()].filter(([, type]) => !isListenable(type));
  return Object.fromEntries(unknown.map(([at, type]) => [`events.${at}`, `There is no event ${type}.`]));
}

/** What can be looked at before the rest of a rule is whole. @throws Problem `invalid` that names every event that does not exist */
export function checkEvents({ events }: Pick<RuleInput, 'events'>): void {
  const fields = unknownEvents(events);
  if (Object.keys(fields).length > 0) throw new Problem('invalid', { fields });
}

/** What is wrong with conditions, by the path of what is wrong. */
function faultsIn(conditions: RuleInput['conditions'], events: readonly string[], at: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [index, one] of conditions.entries()) {
    const path = `${at}.${index}`;
    if ('conditions' in one) {
      Object.assign(fields, faultsIn(one.conditions, events, `${path}.conditions`));
      continue;
    }
    const fault = faultOf(
      one,
      events.some(type => isMoneyField(type, one.field)),
    );
    if (fault) fields[`${path}.value`] = fault;
    if (!events.some(type => hasField(type, one.field))) fields[`${path}.field`] = say('None of the events has this fact.');
  }
  return fields;
}

/** @throws Problem `invalid` that names every clause at fault */
function checkClauses({ events, conditions }: RuleInput): void {
  const fields = { ...unknownEvents(events), ...faultsIn(conditions, events, 'conditions') };
  if (Object.keys(fields).length > 0) throw new Problem('invalid', { fields });
}

/** What a rule's targets are held against. */
interface Known {
  /** Those that the rule has already. */
  has: readonly StoredTarget[];
  tools: Tools;
}

/**
 * The target in words. Where the service cannot be asked now, the rule is saved all the same, under the name that was last heard.
 * @throws Problem `invalid`
 */
async function labelOf(
  em: EntityManager,
  { provider, target, settings, at }: { provider: Provider; target: Given; settings: Given | undefined; at: string },
  tools: Tools,
): Promise<string> {
  try {
    return await provider.describe(target, settings, tools);
  } catch (error) {
    const [[field, typed] = ['', '']] = Object.entries(target);
    if (error instanceof Refused) throw invalid(`${at}.target.${field}`, error.message);
    return (await knownLabel(em, { provider: provider.id, target })) ?? String(typed);
  }
}

/** One target as it is stored. What the rule has already may stay while its provider is not active. @throws Problem `invalid`, `provider_inactive` */
async function checkTarget(em: EntityManager, given: RuleTarget, at: string, { has, tools }: Known): Promise<StoredTarget> {
  const provider = providers.get(given.provider);
  if (!provider) throw invalid(`${at}.provider`, say('There is no such provider.'));
  const target = checked(provider.target, given.target, `${at}.target`);
  const way = { provider: provider.id, target };
  const usable = await usableSettings(em, provider, tools).catch(() => undefined); // a paused one may be chosen: its messages wait
  if (usable || provider.embedded !== undefined)
    return { ...way, label: await labelOf(em, { provider, target, settings: usable?.settings, at }, tools) };
  const old = has.find(one => wayKey(one) === wayKey(way));
  if (old) return old;
  const fault = say('{provider} is not active.', { provider: sayStored(provider.label) });
  throw new Problem('provider_inactive', { fields: { [`${at}.provider`]: fault } });
}

/** The targets, of which none may stand twice. @throws Problem `invalid`, `provider_inactive`, with all that are at fault */
async function checkTargets(em: EntityManager, targets: readonly RuleTarget[], known: Known): Promise<StoredTarget[]> {
  const stored: StoredTarget[] = [];
  const faults: Problem[] = [];
  const found = await Promise.allSettled(targets.map((given, at) => checkTarget(em, given, `targets.${at}`, known)));
  for (const [at, one] of found.entries()) {
    if (one.status === 'fulfilled') {
      if (stored.some(other => wayKey(other) === wayKey(one.value)))
        faults.push(invalid(`targets.${at}`, say('The rule sends there already.')));
      stored.push(one.value);
    } else if (one.reason instanceof Problem) faults.push(one.reason);
    else throw one.reason;
  }
  const [first] = faults;
  if (!first) return stored;
  const { code } = faults.find(({ code }) => code === 'invalid') ?? first;
  throw new Problem(code, { fields: Object.fromEntries(faults.flatMap(({ extra }) => Object.entries(extra.fields ?? {}))) });
}

/**
 * Holds a rule against the catalogue, its providers, and the services behind them.
 * @param known what is there to hold it against; a new rule has no targets yet
 * @returns the targets as they are stored
 * @throws Problem `invalid`, `provider_inactive`
 */
export async function checkRule(em: EntityManager, input: RuleInput, known: Known): Promise<{ targets: StoredTarget[] }> {
  checkClauses(input);
  return { targets: await checkTargets(em, input.targets, known) };
}
