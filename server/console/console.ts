import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { runningDatabase } from '../embedded/running-database.ts';
import { readEnv } from '../env.ts';
import { Problem } from '../platform/problem.ts';
import { Refusal } from '../platform/refusal.ts';
import { adminCommands } from './admin.ts';
import { extensionCommands } from './extensions.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The database of this installation: the one it was told to use, or the one that `npm start` brings while it runs. */
function databaseUrl(): string {
  if (existsSync('.env')) process.loadEnvFile();
  const { databaseUrl, dataDir } = readEnv(process.env);
  const url = databaseUrl ?? runningDatabase(dataDir);
  if (!url) throw new Refusal('There is no database to look at: start Quarterdeck, or set DATABASE_URL.');
  return url;
}

async function migrate(): Promise<void> {
  const { migrate } = await import('../platform/db/migrate.ts');
  const run = await migrate(databaseUrl());
  say(run === 0 ? 'The database is up to date.' : `${run} ${run === 1 ? 'migration was' : 'migrations were'} run.`);
}

async function audit({ noted }: { noted?: string }): Promise<void> {
  const { verifyAudit } = await import('./audit.ts');
  if (!(await verifyAudit(databaseUrl(), noted, say))) process.exitCode = 2;
}

async function routes({ json }: { json?: true }): Promise<void> {
  const { linesOf, listRoutes } = await import('./list-routes.ts');
  const all = listRoutes();
  say(json ? JSON.stringify(all, null, 2) : linesOf(all).join('\n'));
}

/** What an operator types: `npx quarterdeck …`. */
export async function console(argv: readonly string[]): Promise<void> {
  const program = new Command('quarterdeck').description('Runs and looks after a Quarterdeck installation.');
  for (const [part, words] of [
    ['serve', 'Answers requests and holds connections.'],
    ['work', 'Runs the jobs: dispatch, widgets, deliveries, expiry.'],
  ] as const) {
    program
      .command(part)
      .description(words)
      .action(async () => {
        process.argv.splice(2, process.argv.length, part);
        await import('../index.ts');
      });
  }
  program.command('migrate').description('Brings the database up to date.').action(migrate);
  program
    .command('audit')
    .description('The chain of the activity log.')
    .command('verify')
    .description('Recomputes it and names the first broken entry.')
    .option('--noted <number:hash>', 'a place that an earlier run printed, which must still be there')
    .action(audit);
  program
    .command('routes')
    .description('Lists what answers from outside: who may, how often, and what is recorded.')
    .option('--json', 'for programs')
    .action(routes);
  program
    .command('projections')
    .description('The business figures: income, orders, tickets and clients, as the events tell them.')
    .command('rebuild')
    .description('Makes them anew from all events; the product may run, and shows those from before until it is done.')
    .action(async () => (await import('./projections.ts')).rebuild(say));
  adminCommands(program);
  extensionCommands(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
