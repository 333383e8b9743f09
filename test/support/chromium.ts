import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath } from '#server/embedded/find-redis.ts';

/** How to start Chromium with Playwright: without a sandbox, which root may not use, and quiet towards the outside. */
export interface Chromium {
  executablePath: string;
  args: string[];
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a person types to make the browser tests run. */
export const ENABLE = 'apt-get install chromium (or set CHROMIUM to the path of one), then npm test';

/** The Chromium of this machine: the one CHROMIUM names, else `chromium` on the PATH. */
export function findChromium(): Chromium | undefined {
  const executablePath = process.env.CHROMIUM ?? onPath('chromium');
  return executablePath !== undefined && existsSync(executablePath) ? { executablePath, args: ARGS } : undefined;
}

/** Finds Chromium, and installs Debian's first where there is none and we may: as root, with apt-get. */
export function bringChromium(say: (line: string) => void): Chromium | undefined {
  const found = findChromium();
  if (found || process.env.CHROMIUM !== undefined || process.getuid?.() !== 0 || !onPath('apt-get')) return found;
  say("No Chromium here: installing Debian's for the browser tests.");
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  try {
    execFileSync('apt-get', ['-qq', 'update'], options);
    execFileSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'chromium'], options);
  } catch (error) {
    say(`Chromium could not be installed: ${error instanceof Error ? error.message : String(error)}`);
  }
  return findChromium();
}
