import type { EntityManager } from '@mikro-orm/postgresql';
import { statfs } from 'node:fs/promises';
import type { Check } from '#contract/setup.ts';
import { databaseNow } from '../platform/db/now.ts';
import { ask } from '../platform/redis.ts';
import type { ServerTools } from '../platform/tools.ts';
import { say, sayStored } from '../words/say.ts';

const GIB = 1024 ** 3;
/** Seconds that clocks may differ before one-time codes and deadlines suffer. */
const SKEW = 30;

type Finding = Omit<Check, 'id' | 'label'>;

async function postgres(em: EntityManager): Promise<Finding> {
  const began = performance.now();
  const [row] = await em.execute<{ version: string }[]>(`select current_setting('server_version') as version`);
  return { state: 'ok', figure: `${row?.version ?? 'unknown'}, ${Math.ceil(performance.now() - began)} ms` };
}

async function redis(tools: ServerTools): Promise<Finding> {
  const began = performance.now();
  const info = await ask(tools.redis, client => client.info());
  const figure = (name: string): string => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
  const policy = figure('maxmemory_policy');
  const words = `${figure('redis_version')}, ${Math.ceil(performance.now() - began)} ms, ${policy}`;
  if (policy === 'noeviction') return { state: 'ok', figure: words };
  return {
    state: 'warn',
    figure: words,
    cure: say('Set maxmemory-policy to noeviction, or Redis may forget queued jobs when its memory is full.'),
  };
}

async function disk(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = (bavail * bsize) / GIB;
  const figure = say('{free} GiB free', { free: free.toFixed(1) });
  return free >= 1
    ? { state: 'ok', figure }
    : { state: 'warn', figure, cure: say('Free some space: the database stops writing when the disk is full.') };
}

async function clock(em: EntityManager, browser: number): Promise<Finding> {
  const database = (await databaseNow(em)).getTime();
  const worst = Math.max(Math.abs(database - Date.now()), Math.abs(database - browser)) / 1000;
  const figure =
    worst < 1 ? say('database, server and browser agree within a second') : say('they differ by {worst} s', { worst: Math.round(worst) });
  return worst <= SKEW
    ? { state: 'ok', figure }
    : { state: 'warn', figure, cure: say('Let the machines set their clocks by NTP: links and sessions end by the database’s clock.') };
}

function baseUrl(expected: string, origin: string): Finding {
  if (origin === expected) return { state: 'ok', figure: expected };
  return {
    state: 'bad',
    figure: say('{expected}, but your browser sees {origin}', { expected, origin }),
    cure: say('Start with BASE_URL={origin}, or open {expected} instead: mails link to the base URL, and sign-in works there alone.', {
      origin,
      expected,
    }),
  };
}

/** What the product stands on, each with what was found and its cure. One that cannot even be asked is bad, with the reason. */
export async function checkAll(em: EntityManager, tools: ServerTools, seen: { origin: string; clock: number }): Promise<Check[]> {
  const checks: [Check['id'], string, () => Promise<Finding> | Finding, string][] = [
    ['postgres', 'PostgreSQL', () => postgres(em), say('Check that PostgreSQL runs, and DATABASE_URL.')],
    ['redis', 'Redis', () => redis(tools), say('Check that Redis runs, and REDIS_URL.')],
    ['disk', say('Disk'), () => disk(tools.dataDir), say('Check that DATA_DIR exists and can be read.')],
    ['clock', say('Clock'), () => clock(em, seen.clock), say('Check that PostgreSQL answers.')],
    ['base-url', say('Base URL'), () => baseUrl(tools.baseUrl, seen.origin), ''],
  ];
  return Promise.all(
    checks.map(async ([id, label, look, cure]) => {
      try {
        return { id, label: sayStored(label), ...(await look()) };
      } catch (error) {
        return {
          id,
          label: sayStored(label),
          state: 'bad' as const,
          figure: error instanceof Error ? error.message.slice(0, 200) : say('no answer'),
          cure,
        };
      }
    }),
  );
}
