import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';

interface Point {
  x: number;
  y: number;
}

/** The middle of what is shown. */
export async function middleOf(shown: Locator): Promise<Point> {
  const { x, y, width, height } = (await shown.boundingBox()) ?? expect.fail('it is not shown');
  return { x: x + width / 2, y: y + height / 2 };
}

const STEPS = 10;

/**
 * A finger on the glass: real touches, of which the browser makes the pointer events and scrolls that it would.
 * @param until what the finger waits for at its end before it is lifted
 */
export async function dragByFinger(page: Page, from: Point, to: Point, until?: () => Promise<boolean>): Promise<void> {
  const glass = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]): Promise<unknown> =>
    glass.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [from]);
  for (let step = 1; step <= STEPS; step += 1)
    await touch('touchMove', [{ x: from.x + ((to.x - from.x) * step) / STEPS, y: from.y + ((to.y - from.y) * step) / STEPS }]);
  if (until) await expect.poll(until).toBe(true);
  await touch('touchEnd', []);
  await glass.detach();
}
