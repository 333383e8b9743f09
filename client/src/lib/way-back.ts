/**
 * Where to go after signing in: the page asked for if it is one of this site, whatever the address bar says, else `home`.
 * @param to what stands in the address bar
 * @param door the sign-in page's own path: it and the pages under it lead nowhere
 */
export function wayBack(to: string | null, home: string, door: string): string {
  if (!to?.startsWith('/') || !URL.canParse(to, location.origin)) return home;
  const { origin, pathname, search, hash } = new URL(to, location.origin);
  return origin === location.origin && pathname !== door && !pathname.startsWith(`${door}/`) ? `${pathname}${search}${hash}` : home;
}
