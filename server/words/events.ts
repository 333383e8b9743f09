import { eventKind } from '#contract/events.ts';
import type { Language } from '#contract/languages.ts';
import { factNames } from '#contract/words/de/facts.ts';
import { business } from './de/events/business.ts';
import { queues } from './de/events/queues.ts';
import { security } from './de/events/security.ts';
import { staff } from './de/events/staff.ts';
import { system } from './de/events/system.ts';
import { todos } from './de/events/todos.ts';
import { vitals } from './de/events/vitals.ts';
import { language, say } from './say.ts';

interface Words {
  label: string;
  /** Takes what the schema of its own type answers. */
  title: (facts: never) => string;
}
const german: Readonly<Record<string, Words>> = { ...staff, ...security, ...system, ...queues, ...vitals, ...todos, ...business };
const others: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<string, Words>>>> = { de: german };

/** In the reader's language; `undefined` for a type that does not exist. */
function wordsOf(type: string): Words | undefined {
  const spoken = language();
  const own = spoken === 'en' ? undefined : others[spoken];
  return own && Object.hasOwn(own, type) ? own[type] : eventKind(type);
}

/** What an event of this type is called; `undefined` for a type that does not exist. */
export const eventLabel = (type: string): string | undefined =>
  eventKind(type)?.family === 'custom' ? say('An event of your own') : wordsOf(type)?.label;

/** How a sentence about an event goes on after the actor's name. @param facts as the schema of its type answers them */
export const eventTitle = (type: string, facts: unknown): string => wordsOf(type)?.title(facts as never) ?? type;

const apart = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
/** A fact's name, such as `total.amount` or `invitedBy`, as people of the reader's language say it. */
export const factWords = (path: string): string =>
  path
    .split('.')
    .map(name => (language() === 'de' && Object.hasOwn(factNames, name) ? (factNames[name] ?? name) : apart(name)))
    .join(' ');
