import { eventKind } from '#contract/events.ts';
import type { Event } from '../events/Event.ts';
import { eventTitle, factWords } from '../words/events.ts';
import { sumInWords } from '../words/moments.ts';
import { say } from '../words/say.ts';
import { type Facts, factAt, isRecord } from './conditions.ts';

/** What of an event rules, texts and messages speak about. */
export type Happening = Pick<Event, 'type' | 'at' | 'actorName' | 'facts'>;

const LONGEST_TITLE = 250;
/** Ids and addresses say nothing to people who read a message; the link stands in it anyway. */
export const isForPeople = (name: string): boolean => !/(Id|^url)$/.test(name);

/** An own event's attributes by their label. */
function attributesIn(attributes: unknown): Facts {
  if (!Array.isArray(attributes)) return {};
  return Object.fromEntries(attributes.map(one => [String(factAt(one, 'label')), factAt(one, 'value')]));
}

/** The facts as rules name them: with who did it, and an own event's attributes by their label. */
export function factsOf({ type, actorName, facts }: Happening): Facts {
  const attributes = type.startsWith('custom.') ? { attributes: attributesIn(facts['attributes']) } : {};
  return { ...facts, actor: actorName, ...attributes };
}

/** An entry of the catalogue with facts that fit it; facts of an older version need not. */
function fitting({ type, facts }: Happening) {
  const kind = eventKind(type);
  const parsed = kind?.facts.safeParse(facts);
  return kind && parsed?.success && isRecord(parsed.data) ? { kind, facts: parsed.data } : undefined;
}

/** What happened as one sentence, with who did it; an own event says itself what it is. */
export function sentenceOf(happening: Happening): string {
  const fit = fitting(happening);
  const title = fit ? eventTitle(happening.type, fit.facts) : happening.type;
  return (fit?.kind.family === 'custom' ? title : `${happening.actorName} ${title}`).slice(0, LONGEST_TITLE);
}

/** A value as people read it, or nothing if it is no single value. */
export function words(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(words).filter(Boolean).join(', ') || undefined;
  const [amount, currency] = [factAt(value, 'amount'), factAt(value, 'currency')];
  if (typeof amount === 'number' && typeof currency === 'string') return sumInWords({ amount, currency });
  if (typeof value === 'boolean') return value ? say('yes') : say('no');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The facts as labelled rows, in the catalogue's order: the database keeps none. An own event's attributes come last. */
export function factRows(happening: Happening): { label: string; value: string }[] {
  const { attributes, ...facts } = fitting(happening)?.facts ?? happening.facts;
  const named = Object.entries(facts).filter(([name]) => isForPeople(name) && name !== 'title');
  const rows = named.map(([name, value]) => [capital(factWords(name)), value] as const);
  return [...rows, ...Object.entries(attributesIn(attributes))].flatMap(([label, value]) => {
    const said = words(value);
    return said === undefined || said === '' ? [] : [{ label, value: said }];
  });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Where it can be looked at: a path in the product, or the address that the event brought. */
export function linkOf(happening: Happening): string | undefined {
  const fit = fitting(happening);
  const url = happening.facts['url'];
  return fit?.kind.link?.(fit.facts) ?? (fit && typeof url === 'string' ? url : undefined);
}
