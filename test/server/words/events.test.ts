import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES, eventKind } from '#contract/events.ts';
import { LANGUAGES } from '#contract/languages.ts';
import { BUILT_IN } from '#contract/permissions.ts';
import { PROBLEM_CODES } from '#contract/problems.ts';
import { factNames } from '#contract/words/de/facts.ts';
import { exampleOf } from '#server/notifications/catalogue.ts';
import { sentenceOf } from '#server/notifications/facts.ts';
import { eventLabel } from '#server/words/events.ts';
import { problemTitle, rightWords } from '#server/words/rights.ts';
import { inEach, inLanguage } from '#server/words/say.ts';

describe('what happens', () => {
  test.each(EVENT_TYPES)('%s is told in each language, with the same names in it', type => {
    const label = inEach(() => eventLabel(type) ?? '');
    expect(new Set(Object.values(label)).size, 'a label each').toBe(LANGUAGES.length);
    const example = exampleOf(type);
    const facts = JSON.parse(JSON.stringify(example.facts).replaceAll('example ', 'Xample ')) as typeof example.facts;
    const event = { ...example, facts, actorName: 'Ana Ruiz' };
    const said = inEach(() => sentenceOf(event));
    expect(said.de).toMatch(/^Ana Ruiz /);
    expect(new Set(Object.values(said)).size, said.de).toBe(LANGUAGES.length);
    for (const [name] of JSON.stringify(facts).matchAll(/Xample \w+/g))
      expect(said.de.includes(name), `${name} stands in “${said.en}”, and in “${said.de}”`).toBe(said.en.includes(name));
  });

  test('the name of each fact is known in German', () => {
    const names = EVENT_TYPES.flatMap(type => {
      const schema = z.toJSONSchema(eventKind(type)?.facts ?? z.never(), { io: 'input', unrepresentable: 'any' });
      return Object.keys(schema.properties ?? {});
    });
    expect([...new Set(names)].filter(name => !Object.hasOwn(factNames, name))).toEqual([]);
  });

  test('rights and problems are said in each language', () => {
    for (const right of BUILT_IN) {
      const [english, german] = [inLanguage('en', () => rightWords(right)), inLanguage('de', () => rightWords(right))];
      expect(german.label, right).not.toBe(english.label);
      expect(german.effect, right).not.toBe(english.effect);
    }
    for (const code of PROBLEM_CODES) expect(new Set(Object.values(inEach(() => problemTitle(code)))).size, code).toBe(LANGUAGES.length);
  });
});
