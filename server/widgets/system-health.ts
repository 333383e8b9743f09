import type { InEach } from '#contract/languages.ts';
import { statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Lamp, Figures } from '#contract/widgets.ts';
import { ask } from '../platform/redis.ts';
import { inEach, later, sayAll, sayStored } from '../words/say.ts';
import { reasonOf } from './_reason.ts';
import { type LoadTools, seconds, widget } from './_widget.ts';

type Group = Figures<'stats'>['groups'][number];
type Item = Group['items'][number];

const GB = 1024 ** 3;
const MB = 1024 ** 2;
const above = (value: number, warn: number, bad: number): Lamp => (value >= bad ? 'bad' : value >= warn ? 'warn' : 'ok');

async function database({ em }: LoadTools): Promise<Item[]> {
  const asked = performance.now();
  const [row] = await em.execute<{ version: string; now: number }[]>(
    `select current_setting('server_version') as version, extract(epoch from clock_timestamp())::float8 * 1000 as now`,
  );
  const ms = performance.now() - asked;
  const drift = row ? Math.round(Date.now() - ms / 2 - row.now) : null;
  return [
    { label: sayAll('Version'), value: row?.version ?? null },
    { label: sayAll('Answers in'), value: Math.ceil(ms), unit: 'ms', lamp: above(ms, 100, 1000) },
    {
      label: sayAll('Clock differs by'),
      value: drift,
      unit: 'ms',
      ...(drift === null ? {} : { lamp: above(Math.abs(drift), 1000, 30_000) }),
    },
  ];
}

async function redis(tools: LoadTools): Promise<Item[]> {
  const asked = performance.now();
  const info = await ask(tools.redis, client => client.info());
  const ms = performance.now() - asked;
  const said = (field: string): string | null => new RegExp(`^${field}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? null;
  const policy = said('maxmemory_policy');
  return [
    { label: sayAll('Version'), value: said('redis_version') },
    { label: sayAll('Answers in'), value: Math.ceil(ms), unit: 'ms', lamp: above(ms, 100, 1000) },
    { label: sayAll('Memory'), value: Math.round(Number(said('used_memory')) / MB), unit: 'MB' },
    // Any other policy lets Redis throw queued work away when it is full.
    { label: sayAll('When full'), value: policy, lamp: policy === 'noeviction' ? 'ok' : 'bad' },
  ];
}

async function disk({ dataDir }: LoadTools): Promise<Item[]> {
  const { bsize, bavail, blocks } = await statfs(dataDir);
  const [free, share] = [(bavail * bsize) / GB, bavail / blocks];
  const lamp: Lamp = free < 0.5 ? 'bad' : free < 2 || share < 0.05 ? 'warn' : 'ok';
  return [{ label: sayAll('Disk free'), value: Math.round(free * 10) / 10, unit: 'GB', lamp }];
}

let loop: ReturnType<typeof monitorEventLoopDelay> | undefined;

/** How late this worker's timers came since the last load, at worst. */
function eventLoop(): Item[] {
  if (!loop) {
    loop = monitorEventLoopDelay({ resolution: 20 });
    loop.enable();
    return [{ label: sayAll('Worker delay'), value: null }];
  }
  const ms = Math.round(loop.max / 1e6);
  loop.reset();
  return [{ label: sayAll('Worker delay'), value: ms, unit: 'ms', lamp: above(ms, 200, 1000) }];
}

/** What cannot be asked is shown as that; the rest is still known. */
async function group(label: string | InEach, ...parts: (() => Item[] | Promise<Item[]>)[]): Promise<Group> {
  const items = parts.map(async part => {
    try {
      return await part();
    } catch (error) {
      return [{ label: sayAll('Not available'), value: null, note: inEach(() => sayStored(reasonOf(error))), lamp: 'bad' } satisfies Item];
    }
  });
  return { label, items: (await Promise.all(items)).flat() };
}

export default widget({
  id: 'system-health',
  title: later('System health'),
  description: later('What Quarterdeck stands on: database, Redis, disk, clock and versions.'),
  view: 'stats',
  rows: 5,
  weight: 60,
  needs: 'system.view',
  every: seconds(15),
  load: async tools => ({
    groups: await Promise.all([
      group('PostgreSQL', () => database(tools)),
      group('Redis', () => redis(tools)),
      group(sayAll('This machine'), () => disk(tools), eventLoop),
      group(sayAll('Versions'), () => [
        { label: 'Quarterdeck', value: tools.version },
        { label: 'Node.js', value: process.versions.node },
      ]),
    ]),
  }),
});
