import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The database that `npm start` brings has a new port at each start: where it listens now, if it runs. */
export function runningDatabase(dataDir: string): string | undefined {
  const pidFile = path.join(dataDir, 'postgres/postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  // PostgreSQL's own lock file: process, folder, start time, port, …
  const port = readFileSync(pidFile, 'utf8').split('\n')[3]?.trim();
  return port ? `postgresql://postgres@127.0.0.1:${port}/quarterdeck` : undefined;
}
