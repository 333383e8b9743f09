import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';
import { say } from '../../words/say.ts';

export const USUAL_LIMIT = 64 * 1024;
const MAX_DEPTH = 20;
const MAX_KEYS = 200;

/** Deeply nested or very wide input costs more to look at than any honest body. */
function refuseMonsters(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH)
    throw new Problem('bad_request', { detail: say('The body is nested deeper than {maxDepth} levels.', { maxDepth: MAX_DEPTH }) });
  const inside = Array.isArray(value) ? value : Object.values(value);
  if (!Array.isArray(value) && inside.length > MAX_KEYS)
    throw new Problem('bad_request', { detail: say('An object in the body has more than {maxKeys} keys.', { maxKeys: MAX_KEYS }) });
  for (const one of inside) refuseMonsters(one, depth + 1);
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = (): Problem =>
    new Problem('too_large', { detail: say('This address takes at most {limit} KiB.', { limit: Math.floor(limit / 1024) }) });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const mediaType = (request: IncomingMessage): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** Whether a request carries a body at all. */
export const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/**
 * Reads a file of at most `limit` bytes.
 * @param types the media types it may say it is of; what it is its bytes decide, and the reader of those
 * @throws Problem `bad_picture` or `too_large`
 */
export async function readFile(request: IncomingMessage, types: readonly string[], limit: number): Promise<Buffer> {
  if (!types.includes(mediaType(request)) || request.headers['content-encoding'] !== undefined)
    throw new Problem('bad_picture', { detail: say('This address takes {types}, uncompressed.', { types: types.join(', ') }) });
  return collect(request, limit);
}

/**
 * Reads a JSON body of at most `limit` bytes.
 * @throws Problem `not_json`, `too_large`, `malformed_json` or `bad_request`
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (mediaType(request) !== 'application/json') throw new Problem('not_json');
  if (request.headers['content-encoding'] !== undefined) throw new Problem('not_json', { detail: say('Compressed bodies are not taken.') });
  const bytes = await collect(request, limit);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Problem(
      'malformed_json',
      error instanceof SyntaxError
        ? { detail: say('The body is not valid JSON: {message}.', { message: error.message.slice(0, 120) }) }
        : {},
    );
  }
  refuseMonsters(value);
  return value;
}
