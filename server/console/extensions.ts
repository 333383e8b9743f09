import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { readEnv } from '../env.ts';
import { Extensions } from '../extensions/Extensions.ts';
import { writeExample } from '../extensions/example.ts';
import { tryOut } from '../extensions/try-out.ts';
import { createLog } from '../platform/log.ts';
import { Outbound } from '../platform/outbound.ts';
import { Refusal } from '../platform/refusal.ts';
import { inShell } from './shell.ts';
import { table } from './table.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function settings(): ReturnType<typeof readEnv> {
  if (existsSync('.env')) process.loadEnvFile();
  return readEnv(process.env);
}
const open = (dir: string): Promise<Extensions> => Extensions.open(dir, createLog('silent'));
const near = (file: string): string => path.relative(process.cwd(), file);

/** What the folder holds. @returns whether all of it can be loaded */
async function list(): Promise<boolean> {
  const { extensionsDir } = settings();
  const extensions = await open(extensionsDir);
  extensions.end();
  const { all } = extensions;
  if (all.length === 0) {
    say(`There is no extension in ${near(extensionsDir)}. \`quarterdeck extensions new NAME\` writes one.`);
    return true;
  }
  say(
    table([
      ['FILE', 'TITLE', 'STATE', 'SEEN WITH'],
      ...all.map(({ file, title, problem, replaces, needs }) => [
        near(file),
        title,
        problem !== undefined ? 'cannot be loaded' : replaces === undefined ? 'adds a widget' : `replaces ${replaces}`,
        needs,
      ]),
    ]),
  );
  const broken = all.filter(({ problem }) => problem !== undefined);
  for (const { file, problem } of broken) say(`\n${near(file)}: ${problem}`);
  return broken.length === 0;
}

/** Has every widget asked for its figures once, with this installation's database and settings. @returns whether all answered what fits */
async function load(): Promise<boolean> {
  const { extensionsDir, allowedPrivateHosts } = settings();
  const { all } = await open(extensionsDir);
  let fine = true;
  await inShell(async ({ em, secrets }) => {
    for (const extension of all.filter(({ problem }) => problem === undefined)) {
      const outcome = await tryOut(extension, { em: em.fork(), secrets, outbound: new Outbound({ allowedPrivateHosts }) });
      say(`${near(extension.file)}: ${outcome.failure ?? `loads in ${Math.round(outcome.ms)} ms`}`);
      fine &&= outcome.failure === undefined;
    }
  });
  return fine;
}

async function check(options: { load?: true }): Promise<void> {
  const sound = await list();
  const loads = !options.load || (await load());
  if (!sound || !loads) process.exitCode = 1;
}

async function write(name: string): Promise<void> {
  const { extensionsDir } = settings();
  const files = await writeExample(extensionsDir, name);
  for (const file of files) say(`wrote ${near(file)}`);
  say(
    `\nTry it:   npx quarterdeck extensions test\nSee it:   npm run dev, or the next start\nChange it: ${near(path.join(extensionsDir, 'widgets', `${name}.ts`))}`,
  );
}

/** Runs the tests beside the widgets, by Node's own runner. */
function test(): void {
  const folder = path.join(settings().extensionsDir, 'widgets');
  const files = existsSync(folder) ? readdirSync(folder).filter(name => /\.test\.(ts|js|mjs)$/.test(name)) : [];
  if (files.length === 0) throw new Refusal(`There is no test in ${near(folder)}.`);
  const resolve = `${import.meta.dirname}/../extensions/resolve.ts`;
  const tests = files.map(name => path.join(folder, name));
  process.exitCode = spawnSync(process.execPath, ['--import', resolve, '--test', ...tests], { stdio: 'inherit' }).status ?? 1;
}

/** `quarterdeck extensions …` */
export function extensionCommands(program: Command): void {
  const extensions = program
    .command('extensions')
    .description('The widgets of your own, in the folder that EXTENSIONS_DIR names.')
    .action(async () => void (await list()));
  extensions.command('new <name>').description('Writes a working example with its test.').action(write);
  extensions.command('test').description('Runs the tests beside your widgets.').action(test);
  extensions
    .command('check')
    .description('Says what this version cannot load, and exits with 1 if there is anything: run it before an upgrade.')
    .option('--load', 'also asks each for its figures, once')
    .action(check);
}
