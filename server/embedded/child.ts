import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const works = ([file = '', ...args]: string[]): boolean => spawnSync(file, [...args, 'true']).status === 0;

/** The words to put before a command so that the kernel sends it `signal` when this process dies, even by SIGKILL; none where that cannot be had. */
export function tied(signal: 'INT' | 'TERM'): string[] {
  const words = ['setpriv', '--pdeathsig', signal];
  return process.platform === 'linux' && works(words) ? words : [];
}

/** The words to put before a command so that it sees itself as user nobody while its files stay ours; undefined where user namespaces are refused. */
export function asNobody(): string[] | undefined {
  const words = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];
  return process.platform === 'linux' && works(words) ? words : undefined;
}

/**
 * Starts a server as a child process and waits until its output matches `ready`.
 * It gets a process group of its own, since Ctrl+C reaches the whole foreground group and a store must outlive our own drain.
 * @throws Error with the end of its output when it ends before it is ready.
 */
export async function serve(command: string[], ready: RegExp, options: SpawnOptions): Promise<ChildProcess> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  await new Promise<void>((resolve, reject) => {
    let tail = '';
    const read = (chunk: string): void => {
      tail = (tail + chunk).slice(-4000);
      if (ready.test(tail)) resolve();
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.stderr?.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${file} ended with ${signal ?? code}:\n${tail}`)));
  });
  return child;
}

/** Resolves when a child has ended, or could not be started; at once when there is none. */
export async function ended(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  await once(child, 'exit').catch(() => undefined); // an 'error', which means that there was no start
}

/**
 * Sends `signal` to a child that may have ended already, and waits for its end.
 * @param grace ms after which it is killed; it may take what it takes when there is none.
 */
export async function end(child: ChildProcess | undefined, signal: NodeJS.Signals, grace?: number): Promise<void> {
  child?.kill(signal);
  const late = grace === undefined ? undefined : setTimeout(() => child?.kill('SIGKILL'), grace);
  await ended(child);
  clearTimeout(late);
}
