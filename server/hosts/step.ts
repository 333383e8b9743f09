/** How a host is, as far as its checks agree. */
export interface Standing {
  state: 'unknown' | 'up' | 'down';
  /** How many of the latest checks in a row said otherwise. */
  streak: number;
}
export interface Step extends Standing {
  /** That it is down, or up again after it was: what people are told. */
  turned: 'down' | 'back' | null;
}

/**
 * What one more check makes of it. A host that flaps keeps its state until as many checks in a row as `steady` says contradict it; the
 * first one that answers at all is up at once, of which nobody has to be told.
 */
export function step({ state, streak }: Standing, ok: boolean, steady: number): Step {
  if (state === 'unknown' && ok) return { state: 'up', streak: 0, turned: null };
  const agrees = ok ? state === 'up' : state === 'down';
  if (agrees) return { state, streak: 0, turned: null };
  if (streak + 1 < steady) return { state, streak: streak + 1, turned: null };
  return ok ? { state: 'up', streak: 0, turned: 'back' } : { state: 'down', streak: 0, turned: 'down' };
}
