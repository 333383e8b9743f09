import { conditionWords } from './conditions.ts';
import { labelOfType } from './catalogue.ts';
import type { Rule } from './Rule.ts';
import { providers } from './providers/_all.ts';

const inSentence = (label: string): string => (/^[A-Z][a-z ]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label);

/** A rule as one sentence: "When an order was placed and total amount is greater than 25, send to Slack #sales." */
export function ruleSentence({
  events,
  match,
  conditions,
  provider,
  targetLabel,
}: Pick<Rule, 'events' | 'match' | 'conditions' | 'provider' | 'targetLabel'>): string {
  const when = events.map(type => inSentence(labelOfType(type))).join(' or ');
  const clauses = conditions.map(conditionWords).join(match === 'all' ? ' and ' : ' or ');
  return `When ${when}${clauses && ` and ${match === 'any' && conditions.length > 1 ? 'either ' : ''}${clauses}`}, send to ${providers.get(provider)?.label ?? provider} ${targetLabel}.`;
}
