/** How near to the edge of the window it scrolls, and how far at once, in pixels. */
const EDGE = 64;
const STEP = 12;

interface Pull {
  /** Of the pointer, in the window. */
  x: number;
  y: number;
  /** How far from where it began, scrolling considered. */
  dx: number;
  dy: number;
}

interface Handlers {
  /** @param tile what is dragged */
  begin: (tile: HTMLElement) => void;
  move: (pull: Pull) => void;
  end: () => void;
}

/**
 * Drags by mouse, pen or finger, whatever the pointer passes over; near the edge of the window it scrolls.
 * @returns an attachment for what is taken hold of
 */
export const drag =
  ({ begin, move, end }: Handlers) =>
  (handle: HTMLElement): (() => void) => {
    let from: { x: number; y: number; scrolled: number } | undefined;
    let latest = { x: 0, y: 0 };
    let frame = 0;

    const pull = () => {
      if (!from) return;
      const { x, y } = latest;
      move({ x, y, dx: x - from.x, dy: y - from.y + scrollY - from.scrolled });
    };
    const scroll = () => {
      const near = latest.y < EDGE ? -STEP : latest.y > innerHeight - EDGE ? STEP : 0;
      if (near !== 0) {
        scrollBy(0, near);
        pull();
      }
      frame = requestAnimationFrame(scroll);
    };
    const moved = (event: PointerEvent) => {
      latest = { x: event.clientX, y: event.clientY };
      pull();
    };
    const up = () => {
      if (!from) return;
      from = undefined;
      cancelAnimationFrame(frame);
      for (const [name, hear] of heard) removeEventListener(name, hear);
      end();
    };
    // The window hears the pointer to the end: what is dragged changes its place in the document, which would take a capture from it.
    const heard = [
      ['pointermove', moved],
      ['pointerup', up],
      ['pointercancel', up],
    ] as const;
    const down = (event: PointerEvent) => {
      const tile = handle.closest<HTMLElement>('[data-widget]');
      if (event.button !== 0 || from || !tile) return;
      from = { x: event.clientX, y: event.clientY, scrolled: scrollY };
      latest = from;
      for (const [name, hear] of heard) addEventListener(name, hear);
      begin(tile);
      frame = requestAnimationFrame(scroll);
    };
    handle.addEventListener('pointerdown', down);
    return () => {
      up();
      handle.removeEventListener('pointerdown', down);
    };
  };
