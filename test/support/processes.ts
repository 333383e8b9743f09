import { readFileSync, readdirSync } from 'node:fs';

/** One process of this machine, from /proc. */
export interface Process {
  pid: number;
  parent: number;
  command: string;
}

function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return undefined; // ended, and waits for its parent to ask how
    return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() };
  } catch {
    return undefined; // ended while we looked
  }
}

const processes = (): Process[] =>
  readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .flatMap(pid => readProcess(pid) ?? []);

/** What a process has started, and what that has started, and so on. */
export function descendants(pid: number): Process[] {
  const all = processes();
  const below = (parent: number): Process[] => all.filter(p => p.parent === parent).flatMap(p => [p, ...below(p.pid)]);
  return below(pid);
}

/** Those that still run. */
export const running = (those: readonly Process[]): Process[] => {
  const now = new Map(processes().map(p => [p.pid, p.command]));
  return those.filter(p => now.get(p.pid) === p.command);
};
