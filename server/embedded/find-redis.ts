import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '../platform/refusal.ts';

export interface RedisBinary {
  file: string;
  /** A folder with the shared libraries it needs, when they are not the system's. */
  lib?: string;
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first file of that name on the PATH that may be run. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  return folders.map(folder => path.join(folder, name)).find(executable);
}

function unpacked(root: string): RedisBinary | undefined {
  const file = path.join(root, 'usr/bin/redis-server');
  if (!existsSync(file)) return undefined;
  const folders = readdirSync(path.join(root, 'usr/lib')).map(folder => path.join(root, 'usr/lib', folder));
  const lib = folders.find(folder => existsSync(path.join(folder, 'liblzf.so.1')));
  return lib ? { file, lib } : { file };
}

/** Takes Redis out of Debian's packages into a folder of ours: apt checks the signatures, root is not needed, nothing is installed or started. */
function fromDebian(root: string): RedisBinary | undefined {
  const work = `${root}.${process.pid}`;
  for (const folder of ['lists/partial', 'cache/archives/partial', 'root']) mkdirSync(path.join(work, folder), { recursive: true });
  const run = (file: string, ...args: string[]): string =>
    execFileSync(file, args, { cwd: work, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  // Lists and cache of our own: the system's may be empty, and only root may write there.
  const folders = ['-o', `Dir::State::Lists=${work}/lists`, '-o', `Dir::Cache=${work}/cache`];
  const own = ['-qq', ...folders, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User='];
  try {
    run('apt-get', ...own, 'update');
    // Which libraries it needs differs between Debian's releases; the C library is everywhere.
    const depends = run('apt-cache', ...own, 'depends', 'redis-tools').matchAll(/^ +Depends: (lib\S+)$/gm);
    const libraries = [...depends].flatMap(([, name]) => name ?? []).filter(name => name !== 'libc6');
    run('apt-get', ...own, 'download', 'redis-tools', ...libraries);
    for (const deb of readdirSync(work).filter(file => file.endsWith('.deb'))) run('dpkg-deb', '-x', deb, 'root');
    symlinkSync('redis-check-rdb', path.join(work, 'root/usr/bin/redis-server')); // one program, and its name says what it does
    if (!existsSync(root)) renameSync(path.join(work, 'root'), root);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return unpacked(root);
}

/**
 * Finds a Redis to start: `redis-server` or `valkey-server` on the PATH, else one unpacked under `cache` earlier, else Debian's, unpacked there now (5 s, once).
 * @param cache the folder to unpack into.
 * @param say told, in one line, when something is about to be fetched.
 * @throws Refusal whose first line says what to install or set.
 */
export function findRedis(cache: string, say: (line: string) => void): RedisBinary {
  const file = onPath('redis-server') ?? onPath('valkey-server');
  if (file) return { file };
  const root = path.resolve(cache);
  const have = unpacked(root);
  if (have) return have;
  if (!existsSync('/etc/debian_version')) {
    throw new Error(
      'Redis is needed: install redis-server or valkey-server (macOS: brew install redis), or set REDIS_URL=redis://host:6379.',
    );
  }
  say(`No redis-server here: fetching Debian's into ${root} (4 MB).`);
  let why = 'the packages hold no redis-server';
  try {
    const fetched = fromDebian(root);
    if (fetched) return fetched;
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  throw new Refusal(
    `Redis is needed and could not be fetched from the Debian archive: install redis-server, or set REDIS_URL=redis://host:6379.\n${why}`,
  );
}
