import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ErrorReply } from 'redis';
import { presence } from '../platform/metrics.ts';
import { type RedisClient, ask } from '../platform/redis.ts';

const source = (name: string): string => readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8');
const common = source('common');

/** How many of `KEYS` or `ARGV` a script reads: they are numbered from 1. */
const reads = (lua: string, what: 'KEYS' | 'ARGV'): number =>
  Math.max(0, ...[...lua.matchAll(new RegExp(`${what}\\[(\\d+)\\]`, 'g'))].map(([, number]) => Number(number)));

/** One atomic step in Redis. @throws RedisUnavailable */
export type Script = (redis: RedisClient, keys: string[], args: string[]) => Promise<unknown>;

/** The script `scripts/<name>.lua`, with what all of them share before it. Redis keeps it; it is sent again only if Redis was emptied. */
export function script(name: string): Script {
  const lua = `${common}\n${source(name)}`;
  const sha = createHash('sha1').update(lua).digest('hex');
  const wanted = { keys: reads(lua, 'KEYS'), args: reads(lua, 'ARGV') };
  return async (redis, keys, args) => {
    if (keys.length !== wanted.keys || args.length !== wanted.args)
      throw new TypeError(`${name}.lua takes ${wanted.keys} keys and ${wanted.args} arguments, not ${keys.length} and ${args.length}`);
    const options = { keys, arguments: args };
    presence.commands.inc();
    try {
      return await ask(redis, client => client.evalSha(sha, options));
    } catch (error) {
      if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw error;
      presence.commands.inc();
      return ask(redis, client => client.eval(lua, options));
    }
  };
}
