const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const LOOK_MS = 10_000;

/** What a page asks for so long after it was touched is taken to be wanted by somebody, in ms. */
const WANTED_MS = 60_000;

export interface IdleWatch {
  /** Whether somebody touched the page just now. */
  isAttended: () => boolean;
  end: () => void;
}

/** Says when nobody has touched the page for `idleMs`, and when somebody is back. That it was opened is a touch. */
export function watchIdle(idleMs: number, changed: (away: boolean) => void): IdleWatch {
  let touchedAt = Date.now();
  let away = false;
  const turn = (to: boolean) => {
    if (away === to) return;
    away = to;
    changed(to);
  };
  const touched = () => {
    if (document.hidden) return;
    touchedAt = Date.now();
    turn(false);
  };
  const look = setInterval(() => turn(Date.now() - touchedAt >= idleMs), LOOK_MS);
  for (const sign of SIGNS) addEventListener(sign, touched, { passive: true, capture: true });
  document.addEventListener('visibilitychange', touched);
  const end = () => {
    clearInterval(look);
    for (const sign of SIGNS) removeEventListener(sign, touched, { capture: true });
    document.removeEventListener('visibilitychange', touched);
  };
  return { isAttended: () => Date.now() - touchedAt < WANTED_MS, end };
}
