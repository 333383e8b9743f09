import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Middleware } from 'koa';

/** As a build compresses them, the smallest first, and what they end in. */
const PACKED = { br: '.br', gzip: '.gz' } as const;
type Packing = keyof typeof PACKED;
const ENDINGS: readonly string[] = Object.values(PACKED);

interface Held {
  plain: Buffer;
  packed: ReadonlyMap<Packing, Buffer>;
  etag: string;
}
/** Files by their address, such as `/favicon.svg`. */
export type Files = ReadonlyMap<string, Held>;

/**
 * Reads a folder into memory, with the compressed twins that lie beside its files. What a process began with is what it serves: a build
 * that is made anew beside it takes no file from under a page.
 */
export async function holdFiles(directory: string): Promise<Files> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
  const read = new Map(await Promise.all(names.map(async name => [name, await readFile(name)] as const)));
  const held = new Map<string, Held>();
  for (const [name, plain] of read) {
    if (ENDINGS.some(ending => name.endsWith(ending) && read.has(name.slice(0, -ending.length)))) continue;
    const packed = new Map<Packing, Buffer>();
    for (const packing of Object.keys(PACKED) as Packing[]) {
      const twin = read.get(name + PACKED[packing]);
      if (twin) packed.set(packing, twin);
    }
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`;
    held.set(`/${path.relative(directory, name).split(path.sep).join('/')}`, { plain, packed, etag });
  }
  return held;
}

/** Serves them. Those whose name carries their content are kept for good, others are asked for again. */
export const serveFiles =
  (files: Files, isImmutable: (address: string) => boolean): Middleware =>
  async (ctx, next) => {
    const file = ctx.method === 'GET' || ctx.method === 'HEAD' ? files.get(ctx.path) : undefined;
    if (!file) {
      await next();
      return;
    }
    ctx.status = 200;
    ctx.type = path.extname(ctx.path);
    ctx.vary('accept-encoding');
    ctx.set('cache-control', isImmutable(ctx.path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    const packing = ctx.acceptsEncodings(...file.packed.keys(), 'identity');
    const packed = packing === 'br' || packing === 'gzip' ? file.packed.get(packing) : undefined;
    // the same content in another packing is another answer
    ctx.etag = packed ? `${file.etag.slice(0, -1)}-${String(packing)}"` : file.etag;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    if (packed) ctx.set('content-encoding', String(packing));
    ctx.body = packed ?? file.plain;
  };
