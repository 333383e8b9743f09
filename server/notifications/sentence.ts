import type { Pacing } from '#contract/pacing.ts';
import { clauseWords } from './conditions.ts';
import { labelOfType } from './catalogue.ts';
import type { Rule, StoredTarget } from './Rule.ts';
import { providerLabel } from './provider-label.ts';
import { listed } from '../words/moments.ts';
import { language, say } from '../words/say.ts';

const inSentence = (label: string): string =>
  language() === 'en' && /^[A-Z][a-z ]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

/** Stands for what is not written yet. */
const TO_COME = '…';
/** A target with its provider's name, such as "Slack #sales". */
export const targetWords = ({ provider, label }: Pick<StoredTarget, 'provider' | 'label'>): string =>
  provider === '' ? TO_COME : `${providerLabel(provider)} ${label || TO_COME}`;

/** What holds a rule back, as the end of its sentence. */
function pacingWords({ quiet, throttle, digest }: Pacing): string {
  const words = [
    digest && (digest.every === 'hour' ? say('once an hour, all together') : say('once a day at {at}, all together', { at: digest.at })),
    throttle && say('at most {most} in {minutes} min', { most: throttle.most, minutes: throttle.minutes }),
    quiet &&
      (quiet.then === 'hold'
        ? say('not from {from} to {to} (it is sent later)', { from: quiet.from, to: quiet.to })
        : say('not from {from} to {to}', { from: quiet.from, to: quiet.to })),
  ].filter(word => typeof word === 'string');
  return words.join(say(', and '));
}

/** A rule as one sentence: "When an order was placed and total amount is greater than 25, send to Slack #sales and Email a@b.c." */
export function ruleSentence({
  events,
  match,
  conditions,
  targets,
  pacing,
}: Pick<Rule, 'events' | 'match' | 'conditions' | 'targets' | 'pacing'>): string {
  const when = events.map(type => inSentence(labelOfType(type))).join(say(' or '));
  const clauses = clauseWords({ match, conditions });
  const held = pacingWords(pacing);
  const said = {
    when,
    conditions: clauses,
    target: listed(targets.map(targetWords)),
    pacing: held,
  };
  const either = match === 'any' && conditions.length > 1;
  const sentence = (): string => {
    if (clauses === '')
      return held === '' ? say('When {when}, send to {target}.', said) : say('When {when}, send to {target}, but {pacing}.', said);
    if (held === '')
      return either
        ? say('When {when} and either {conditions}, send to {target}.', said)
        : say('When {when} and {conditions}, send to {target}.', said);
    return either
      ? say('When {when} and either {conditions}, send to {target}, but {pacing}.', said)
      : say('When {when} and {conditions}, send to {target}, but {pacing}.', said);
  };
  // what is not written yet ends a sentence by itself
  return sentence().replace(/…\.$/, '…');
}
