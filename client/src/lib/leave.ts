import { resolve } from '$app/paths';
import type { Want } from '#contract/factors.ts';
import type { ProblemCode } from '#contract/problems.ts';
import { call } from './api.ts';
import { atMinute, inMs, onDay } from './clock.svelte.ts';
import { wantAddress } from './onward.ts';
import { ApiProblem, explain } from './problem.ts';
import { toast } from './ui/toast.ts';
import { shared as words } from './words/en/shared.ts';

const KEY = 'left';
/** Once the way out is taken, nothing that arrives on it changes where it leads. */
let leaving = false;
/** Whether the page goes because its session is over: then nothing is to hold it. */
export const isLeaving = (): boolean => leaving;

let keepWork: (() => void) | undefined;
/** What keeps unfinished work when the page goes because its session is over. Public pages set nothing. */
export function onLeaving(keep: (() => void) | undefined): void {
  keepWork = keep;
}

const DAY_MS = 24 * 60 * 60_000;
/** "You were signed out by Ana Ruiz at 14:02." @param at when somebody ended it (ISO 8601), where somebody did */
export const whyWithTime = (why: string | undefined, at: string | undefined): string | undefined =>
  why === undefined || at === undefined ? why : words.whyAt(why, Date.now() - inMs(at) < DAY_MS ? atMinute(at) : onDay(at));

/** The sign-in page, which leads back to where somebody was going; from one of its own steps, to where those would have led. */
export function signInAddress(to: Pick<URL, 'pathname' | 'search'>): string {
  const step = to.pathname.startsWith(`${resolve('sign-in')}/`);
  const back = step ? (new URLSearchParams(to.search).get('to') ?? '/') : `${to.pathname}${to.search}`;
  return back === '/' ? resolve('sign-in') : resolve(`sign-in?to=${encodeURIComponent(back)}`);
}

/**
 * Leaves for the sign-in page and says why. A whole new page is loaded, so that the socket closes and nothing of what was
 * shown stays in memory; what is half typed is kept for whoever comes back.
 */
export function leave(why?: string, at?: string): void {
  if (leaving) return;
  leaving = true;
  keepWork?.();
  remember(whyWithTime(why, at));
  location.assign(signInAddress(location));
}

const WANTED: Partial<Record<ProblemCode, Want>> = {
  second_factor_needed: 'second-factor',
  second_factor_missing: 'enrol',
  password_change_needed: 'new-password',
};

/** Where a request leads that was answered: signed out, or only half signed in by now. */
export function follow({ code, detail, at }: ApiProblem): void {
  const want = WANTED[code];
  if (want === undefined) leave(detail, at);
  else if (!leaving) {
    leaving = true;
    location.assign(wantAddress(want, `${location.pathname}${location.search}`));
  }
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
