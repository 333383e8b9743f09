import Color from 'colorjs.io';
import { describe, expect, test } from 'vitest';
import css from '../../client/src/app.css?raw';

/** The colour tokens of one theme, as they stand in the style sheet. */
function tokensOf(selector: string): Record<string, string> {
  const start = css.indexOf(selector);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(oklch\([^)]*\))/g)].map(([, name = '', colour = '']) => [name, colour]));
}
const themes = { light: tokensOf(':root {'), dark: tokensOf(":root[data-theme='dark']") };

/** Ink on ground, and the WCAG 2 contrast it needs: 4.5 for text, 7 for what is read most, 3 for edges and lines. */
const pairs: [inks: string[], grounds: string[], need: number][] = [
  [['ink'], ['bg', 'sheet', 'bar', 'wash', 'badw', 'warnw'], 7],
  [['ink2'], ['sheet'], 7],
  [['ink2'], ['inset', 'badw'], 4.5],
  [['ink3'], ['sheet', 'bg', 'inset', 'bar'], 4.5],
  [['accent', 'ok', 'warn', 'bad'], ['sheet'], 4.5],
  [['accent'], ['bg', 'inset'], 4.5],
  [['onaccent'], ['accent'], 4.5],
  [['ok'], ['okw'], 4.5],
  [['warn'], ['warnw'], 4.5],
  [['bad'], ['badw'], 4.5],
  [['edge'], ['sheet', 'bg'], 3],
  [['railink', 'railink2'], ['rail', 'rail2'], 4.5],
  [['c1', 'c2', 'c3', 'c4', 'c5', 'c6'], ['sheet'], 3],
];
const cases = Object.keys(themes).flatMap(theme =>
  pairs.flatMap(([inks, grounds, need]) =>
    inks.flatMap(ink => grounds.map(ground => ({ theme: theme as keyof typeof themes, ink, ground, need }))),
  ),
);

describe('colours can be read', () => {
  test.each(cases)('$ink on $ground, $theme: at least $need', ({ theme, ink, ground, need }) => {
    const { [ink]: front, [ground]: back } = themes[theme];
    if (front === undefined || back === undefined) throw new Error(`no token ${ink} or ${ground}`);
    expect(new Color(front).contrastWCAG21(new Color(back))).toBeGreaterThanOrEqual(need);
  });

  test('all of them can be shown on any screen', () => {
    const outside = Object.entries(themes).flatMap(([theme, tokens]) =>
      Object.entries(tokens)
        .filter(([, colour]) => !new Color(colour).inGamut('srgb', { epsilon: 0.002 }))
        .map(([name]) => `${name} (${theme})`),
    );
    expect(outside).toEqual([]);
  });
});
