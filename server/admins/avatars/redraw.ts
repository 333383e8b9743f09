import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Problem } from '../../platform/problem.ts';
import { later, say } from '../../words/say.ts';
import { ENDS, MOST_PIXELS } from './decoding.ts';

const DECODER = path.join(import.meta.dirname, 'decode.ts');
/** The longest a picture may take, in ms. */
const PATIENCE = 5000;
/** How many are drawn at once, and how many may wait for that. */
const AT_ONCE = 2;
const MOST_WAITING = 40;

const REASONS: Record<number, string> = {
  [ENDS.unreadable]: later('The picture is damaged, or is none.'),
  [ENDS.tooManyPixels]: `A picture may have ${MOST_PIXELS / 1_000_000} million pixels at most.`,
  [ENDS.animated]: later('The picture moves. Choose one that stands still.'),
};
const refused = (detail: string): Problem => new Problem('bad_picture', { detail });

const MAGIC: readonly ((bytes: Buffer) => boolean)[] = [
  bytes => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
  bytes => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  bytes => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
];

let drawing = 0;
const waiting: (() => void)[] = [];

/** Waits for a place. @throws Problem `busy` */
async function enter(): Promise<void> {
  if (drawing < AT_ONCE) drawing += 1;
  else if (waiting.length >= MOST_WAITING) throw new Problem('busy', { retryAfter: PATIENCE / 1000 });
  else await new Promise<void>(resolve => waiting.push(resolve)); // whoever leaves hands over the place
}
function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else drawing -= 1;
}

async function draw(bytes: Buffer): Promise<Buffer> {
  const child = spawn(process.execPath, [DECODER], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close') as Promise<[code: number | null]>; // what 'close' carries; null: it was killed
  child.stdin.on('error', () => undefined); // it may end before it has read all
  child.stdin.end(bytes);
  const [picture, [code]] = await Promise.all([buffer(child.stdout), ended]);
  if (code === ENDS.done && picture.length > 0) return picture;
  throw refused(code === null ? say('The picture takes too long to read.') : (REASONS[code] ?? say('The picture could not be read.')));
}

/**
 * A PNG, JPEG or WebP made anew: 256 by 256, WebP, cut to its middle, upright, without anything that was written beside its pixels.
 * @param bytes as somebody else sent them
 * @throws Problem `bad_picture` with the reason, or `busy` while too many are drawn
 */
export async function redraw(bytes: Buffer): Promise<Buffer> {
  if (!MAGIC.some(isOf => isOf(bytes))) throw refused(say('This is no PNG, JPEG or WebP picture, whatever it is called.'));
  await enter();
  try {
    return await draw(bytes);
  } finally {
    leave();
  }
}
