import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { Condition, RuleInput } from '#contract/notifications.ts';
import { fieldsOf as faultsOf } from '../platform/http/parse.ts';
import { Problem, invalid } from '../platform/problem.ts';
import type { Tools } from '../platform/tools.ts';
import { say } from '../words/say.ts';
import { hasField, isListenable, isMoneyField } from './catalogue.ts';
import { providers } from './providers/_all.ts';
import { type Given, type Provider, Refused } from './providers/_provider.ts';
import { usableSettings } from './stored-settings.ts';

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

/** The target in words. Where the service cannot be asked now, the rule is saved all the same. */
async function labelOf(provider: Provider, target: Given, settings: Given | undefined, tools: Tools): Promise<string> {
  try {
    return await provider.describe(target, settings, tools);
  } catch (error) {
    const [field = ''] = Object.keys(target);
    if (error instanceof Refused) throw invalid(`target.${field}`, error.message);
    return String(target[field]);
  }
}

/**
 * Holds a rule against the catalogue, its provider, and the service behind that.
 * @returns the target as it is stored, and in words
 * @throws Problem `invalid`, `provider_inactive`
 */
export async function checkRule(em: EntityManager, input: RuleInput, tools: Tools): Promise<{ target: Given; targetLabel: string }> {
  checkClauses(input);
  const provider = providers.get(input.provider);
  if (!provider) throw invalid('provider', say('There is no such provider.'));
  const target = checked(provider.target, input.target, 'target');
  const usable = await usableSettings(em, provider, tools).catch(() => undefined); // a paused one may be chosen: its messages wait
  if (!usable && provider.embedded === undefined) throw new Problem('provider_inactive');
  return { target, targetLabel: await labelOf(provider, target, usable?.settings, tools) };
}
