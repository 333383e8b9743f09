import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '../platform/refusal.ts';
import { parseSecretKey } from '../platform/secret-key.ts';

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
};

/** Locks this process has. Kept here, since one that nothing refers to is closed, and so given up, when memory is tidied. */
const locks = new Set<DatabaseSync>();

/**
 * Takes the data folder for this process. The lock is SQLite's on a file there: the kernel gives it up when the process
 * ends in whatever way, so none is ever stale, as a file with a process id can be.
 * @returns what gives the folder back.
 * @throws Refusal that names the process which has it.
 */
export function takeDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const holder = path.join(dataDir, 'pid');
  const lock = new DatabaseSync(path.join(dataDir, 'lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    const pid = read(holder);
    const who = pid ? `process ${pid}` : 'another process';
    throw new Refusal(`Quarterdeck already runs on ${dataDir} (${who}): stop it first, or set DATA_DIR to another folder.`, { cause });
  }
  locks.add(lock);
  writeFileSync(holder, `${process.pid}\n`);
  return () => {
    rmSync(holder, { force: true });
    locks.delete(lock);
    lock.close();
  };
}

/**
 * The secret key kept in the data folder, made on first use and readable by its owner alone. It is linked into place when
 * whole, so of several processes that make one at once all get the same.
 * @throws Refusal when what is kept there is no key.
 */
export function keepSecretKey(dataDir: string): Buffer {
  const file = path.join(dataDir, 'secret-key');
  mkdirSync(dataDir, { recursive: true });
  if (read(file) === undefined) {
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    try {
      linkSync(fresh, file);
    } catch (error) {
      if (read(file) === undefined) throw error;
    } finally {
      rmSync(fresh, { force: true });
    }
  }
  const key = parseSecretKey(read(file) ?? '');
  if (!key)
    throw new Refusal(`${file} does not hold a secret key: put it back from a backup, since what it sealed cannot be read without it.`);
  return key;
}
