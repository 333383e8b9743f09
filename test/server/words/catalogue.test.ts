import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '#contract/languages.ts';
import { german } from '#server/words/de/all.ts';
import { type Sentence, inEach, inLanguage, language, say, sayAll, sayStored, speak } from '#server/words/say.ts';

const sentences = Object.keys(german) as Sentence[]; // an object that is closed has just its keys
const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([whole]) => whole).toSorted();

describe('what the server says', () => {
  test('each sentence has the same placeholders in German', () => {
    for (const sentence of sentences) expect(placeholders(german[sentence]), sentence).toEqual(placeholders(sentence));
  });

  test('no sentence is kept that nothing says, and each stands once', () => {
    const code = globSync(['server/**/*.ts', 'jobs/**/*.ts', 'contract/**/*.ts'])
      .filter(file => !file.startsWith('server/words/de/'))
      .map(file => readFileSync(file, 'utf8'))
      .join('\n');
    const catalogue = globSync('server/words/de/*.ts').map(file => readFileSync(file, 'utf8'));
    const written = (sentence: string): string[] => [sentence, sentence.replaceAll("'", "\\'")];
    const unsaid = sentences.filter(sentence => !written(sentence).some(text => code.includes(text)) && !isOneOfSeveral(sentence));
    expect(unsaid).toEqual([]);
    const keys = catalogue.flatMap(text => [...text.matchAll(/^ {2}(?! )(['"]?)(.+?)\1: ?/gm)].map(([, , key]) => key));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  test('is English where nobody is known to read it, and in the reader’s language within a reader’s work', async () => {
    expect(language()).toBe('en');
    expect(say('The account of {name} is disabled.', { name: 'Ana' })).toBe('The account of Ana is disabled.');
    const both = await Promise.all(
      LANGUAGES.map(one => inLanguage(one, async () => [await Promise.resolve(), language(), say('The account is gone.')].join(' '))),
    );
    expect(both).toEqual([' en The account is gone.', ' de Das Konto gibt es nicht mehr.']);
    expect(inLanguage('en', () => (speak('de'), language()))).toBe('de');
    expect(sayAll('The account of {name} is disabled.', { name: '{name}' })).toEqual({
      en: 'The account of {name} is disabled.',
      de: 'Das Konto von {name} ist deaktiviert.',
    });
    expect(inEach(language)).toEqual({ en: 'en', de: 'de' });
  });

  test('what was stored in English is told in German, with whatever stands in its places', () => {
    expect(inLanguage('de', () => sayStored('502 Bad Gateway'))).toBe('502 Bad Gateway');
    const value = fc.string({ minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(value, name => {
        const stored = say('The account of {name} is disabled.', { name });
        expect(sayStored(stored)).toBe(stored);
        expect(inLanguage('de', () => sayStored(stored))).toContain('Das Konto von ');
      }),
    );
  });
});

/** Sentences that differ in a word or a number which the code fills in: `The invitation was ${state} before the mail left.` */
function isOneOfSeveral(sentence: string): boolean {
  return /^The invitation (was|is) \w+ |mails of the kind “\w+”\.$|^(\{name\}|Anybody) (holds|can|cannot|does not hold)\b|^That .* is not right|^At most \{most\} |^their |million pixels/.test(
    sentence,
  );
}
