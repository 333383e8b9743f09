import type { Pacing } from '#contract/pacing.ts';
import { conditionWords } from './conditions.ts';
import { labelOfType } from './catalogue.ts';
import type { Rule } from './Rule.ts';
import { providers } from './providers/_all.ts';

const inSentence = (label: string): string => (/^[A-Z][a-z ]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label);

/** What holds a rule back, as the end of its sentence. */
function pacingWords({ quiet, throttle, digest }: Pacing): string {
  const quietWords = quiet && `not from ${quiet.from} to ${quiet.to}${quiet.then === 'hold' ? ' (it is sent later)' : ''}`;
  const words = [
    digest && (digest.every === 'hour' ? 'once an hour, all together' : `once a day at ${digest.at}, all together`),
    throttle && `at most ${throttle.most} in ${throttle.minutes} min`,
    quietWords,
  ].filter(Boolean);
  return words.length > 0 ? `, but ${words.join(', and ')}` : '';
}

/** A rule as one sentence: "When an order was placed and total amount is greater than 25, send to Slack #sales." */
export function ruleSentence({
  events,
  match,
  conditions,
  provider,
  targetLabel,
  pacing,
}: Pick<Rule, 'events' | 'match' | 'conditions' | 'provider' | 'targetLabel' | 'pacing'>): string {
  const when = events.map(type => inSentence(labelOfType(type))).join(' or ');
  const clauses = conditions.map(conditionWords).join(match === 'all' ? ' and ' : ' or ');
  return `When ${when}${clauses && ` and ${match === 'any' && conditions.length > 1 ? 'either ' : ''}${clauses}`}, send to ${providers.get(provider)?.label ?? provider} ${targetLabel}${pacingWords(pacing)}.`;
}
