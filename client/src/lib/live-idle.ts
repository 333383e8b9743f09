const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const LOOK_MS = 10_000;

/**
 * Says when nobody has touched the page for `idleMs`, and when somebody is back.
 * @returns what ends it.
 */
export function watchIdle(idleMs: number, changed: (away: boolean) => void): () => void {
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
  return () => {
    clearInterval(look);
    for (const sign of SIGNS) removeEventListener(sign, touched, { capture: true });
    document.removeEventListener('visibilitychange', touched);
  };
}
