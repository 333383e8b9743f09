/**
 * The one-time token of a link, out of the fragment and out of the address bar at once, so that nobody reads it over a
 * shoulder or finds it in the history. It is kept for this tab, so that a reload does not lose it.
 * @param key under which it is kept
 */
export function takeToken(key: string): string {
  const fresh = decodeURIComponent(location.hash.slice(1));
  try {
    if (fresh) sessionStorage.setItem(key, fresh);
    else return sessionStorage.getItem(key) ?? '';
  } catch {
    // Without storage the link has to be opened again after a reload.
  }
  return fresh;
}

/** The token did its work, or never will. */
export function dropToken(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
