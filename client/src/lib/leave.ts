import { resolve } from '$app/paths';
import { call } from './api.ts';
import { ApiProblem, explain } from './problem.ts';
import { toast } from './ui/toast.ts';

const KEY = 'left';
/** Once the way out is taken, nothing that arrives on it changes where it leads. */
let leaving = false;

/** The sign-in page, which leads back to where somebody was going. */
export function signInAddress(to: Pick<URL, 'pathname' | 'search'>): string {
  const back = `${to.pathname}${to.search}`;
  return back === '/' ? resolve('sign-in') : resolve(`sign-in?to=${encodeURIComponent(back)}`);
}

/**
 * Leaves for the sign-in page and says why. A whole new page is loaded, so that the socket closes and nothing of what was
 * shown stays in memory.
 */
export function leave(why?: string): void {
  if (leaving) return;
  leaving = true;
  remember(why);
  location.assign(signInAddress(location));
}

/** Ends the session here. With no answer the cookie is still good, so the page stays and says so. */
export async function signOut(): Promise<void> {
  leaving = true;
  try {
    await call('DELETE /session');
  } catch (error) {
    if (!(error instanceof ApiProblem && error.code === 'signed_out')) {
      leaving = false;
      await toast(explain(error));
      return;
    }
  }
  location.assign(resolve('sign-in'));
}

/** Keeps the reason for the sign-in page; not in its address, where anybody could write one. */
export function remember(why: string | undefined): void {
  try {
    if (why) sessionStorage.setItem(KEY, why);
  } catch {
    // Without storage the sign-in page just does not say why.
  }
}

/** Why the last session ended, once. */
export function whyLeft(): string {
  try {
    const why = sessionStorage.getItem(KEY) ?? '';
    sessionStorage.removeItem(KEY);
    return why;
  } catch {
    return '';
  }
}
