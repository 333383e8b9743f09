/**
 * A program of its own: reads a picture from its input and writes it anew. What strangers send is decoded here and nowhere else,
 * so that a file made to break the decoder breaks this process alone, which knows no secret and is stopped when it takes too long.
 */
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { ENDS, MOST_PIXELS, SIDE } from './decoding.ts';

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'] });
sharp.concurrency(1);
sharp.cache(false);

async function main(): Promise<number> {
  const bytes = await buffer(process.stdin);
  // its head alone: what it claims to be is known before a pixel of it is read
  const { width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (width * height > MOST_PIXELS) return ENDS.tooManyPixels;
  if (pages > 1) return ENDS.animated;
  const picture = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'warning' })
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'cover' })
    .webp({ quality: 82 })
    .toBuffer();
  await new Promise<void>((resolve, reject) => process.stdout.write(picture, error => (error ? reject(error) : resolve())));
  return ENDS.done;
}

process.exitCode = await main().catch(() => ENDS.unreadable);
