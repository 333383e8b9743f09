import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '#contract/languages.ts';
import { door as german } from '#lib/words/de/door.ts';
import { door as english } from '#lib/words/en/door.ts';
import budgets from '../budgets/budgets.json' with { type: 'json' };
import { Build, bytesOf, scriptsOf, stylesOf } from '../budgets/build.ts';

const DASHBOARD = '/(house)/dashboard';
const DOOR = '/(door)/sign-in';

/** Says which files it is that weigh too much, the heaviest first. */
function weigh(budget: number, what: string, files: readonly string[]): void {
  const heaviest = files.map(file => `${bytesOf([file])}  ${file}`).sort((a, b) => parseInt(b) - parseInt(a));
  expect(bytesOf(files), `${what} may weigh ${budget} bytes:\n${heaviest.join('\n')}\n`).toBeLessThanOrEqual(budget);
}

describe.each(LANGUAGES)('what the built pages weigh, in %s', language => {
  /** Other languages say the same in longer words than English, for which the budgets were set. */
  const share = language === LANGUAGES[0] ? 1 : budgets.otherLanguages;
  const within = (budget: number, what: string, files: readonly string[]): void => weigh(Math.round(budget * share), what, files);
  const build = new Build(language);
  const filesOf = (route: string): string[] => build.routes[route] ?? expect.fail(`the build knows no ${route}`);
  /** The link's library: asked for once the page is drawn, and part of what a dashboard costs all the same. */
  const socket = build.withImports(build.fileOf(/socket\.io-client/));
  /** The editor with its gallery, the publishing of defaults, and what hides a widget from its menu. */
  const arranging = build.fileOf(/lib\/arranging\//);
  const routes = Object.keys(build.routes);

  test('the table, for a person to read', () => {
    const kilobytes = (files: string[]) => (bytesOf(files) / 1000).toFixed(1).padStart(7);
    const rows = routes.map(route => {
      const files = filesOf(route);
      const late = build.later(files).filter(file => !files.includes(file));
      const figures = [
        String(files.length).padStart(5),
        kilobytes(scriptsOf(files)),
        kilobytes(stylesOf(files)),
        kilobytes(scriptsOf(late)),
      ];
      return `${route.padEnd(44)}${figures.join('')}`;
    });
    console.log([`${'kB, Brotli'.padEnd(44)}files     js    css   late`, ...rows].join('\n'));
    expect(rows.length).toBeGreaterThan(10);
  });

  test('the dashboard is drawn from two scripts and one style sheet, and is light with its link', () => {
    const files = filesOf(DASHBOARD);
    const { scripts, styles, bytes } = budgets.dashboardBeforeContent;
    expect(scriptsOf(files).length, files.join('\n')).toBeLessThanOrEqual(scripts);
    expect(stylesOf(files).length, files.join('\n')).toBeLessThanOrEqual(styles);
    expect(socket.size).toBeGreaterThan(0);
    within(bytes, 'the dashboard with its link', [...new Set([...files, ...socket])]);
  });

  test('the dashboard, all that it may ask for included while it is looked at', () => {
    const files = filesOf(DASHBOARD);
    const others = build.later(files).filter(file => !arranging.includes(file));
    within(budgets.dashboardAllTold, 'the scripts of the dashboard all told', scriptsOf([...files, ...others]));
  });

  test('arranging the dashboard, which comes when somebody arranges', () => {
    const here = new Set([...filesOf(DASHBOARD), ...build.later(filesOf(DASHBOARD)).filter(file => !arranging.includes(file))]);
    expect(arranging.length).toBeGreaterThan(2);
    within(
      budgets.arranging,
      'the scripts of arranging',
      [...build.withImports(arranging)].filter(file => !here.has(file)),
    );
  });

  test.for(routes)('the scripts and styles of %s', route => {
    const files = filesOf(route);
    within(route.startsWith('/(door)') ? budgets.scripts.door : budgets.scripts.house, `the scripts of ${route}`, scriptsOf(files));
    within(budgets.styles, `the styles of ${route}`, stylesOf(files));
  });

  test.for(routes.filter(route => !route.startsWith('/(door)')))('going from the dashboard to %s', route => {
    const here = filesOf(DASHBOARD);
    within(
      budgets.navigation,
      `the scripts that ${route} adds`,
      scriptsOf(filesOf(route)).filter(file => !here.includes(file)),
    );
  });

  test('what comes late comes in pieces, and nothing of the house comes to the door', () => {
    const first = new Set(filesOf(DOOR));
    for (const file of build.scripts.filter(file => !first.has(file))) within(budgets.lateFile, file, [file]);
    const shared = scriptsOf(filesOf(DASHBOARD)).filter(file => first.has(file));
    expect(shared, 'door and house share the runtime alone').toHaveLength(1);
  });

  test('no page carries the words of another language', () => {
    const root = path.join(import.meta.dirname, '../../client/build', language);
    const code = build.scripts.map(file => readFileSync(path.join(root, file), 'utf8')).join('');
    const said = { en: english.signIn, de: german.signIn };
    for (const other of LANGUAGES) expect(code.includes(`\`${said[other]}\``), said[other]).toBe(other === language);
  });

  test('the fonts that Latin text needs', () => {
    const root = path.join(import.meta.dirname, '../../client/build', language);
    const latin = globSync('_app/immutable/assets/*-latin-w*.woff2', { cwd: root });
    expect(latin.length).toBe(budgets.fonts.files);
    within(budgets.fonts.bytes, 'the fonts', latin);
  });
});
