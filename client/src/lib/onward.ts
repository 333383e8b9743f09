import { resolve } from '$app/paths';
import type { SessionView } from '#contract/auth.ts';
import type { Want } from '#contract/factors.ts';
import { wayBack } from './way-back.ts';

const pages = {
  'second-factor': 'sign-in/verify',
  'new-password': 'sign-in/new-password',
  enrol: 'sign-in/enrol',
} as const satisfies Record<Want, string>;

/** The page that takes what is wanted; it leads on to where somebody was going. @param to address on this site */
export function wantAddress(want: Want, to: string | null): string {
  return resolve(to === null || to === '/' ? pages[want] : `${pages[want]}?to=${encodeURIComponent(to)}`);
}

/** Where a sign-in goes on: to what is still wanted, else to where somebody was going. Resolved. */
export const onward = ({ wants }: Pick<SessionView, 'wants'>, to: string | null): string =>
  wants ? wantAddress(wants, to) : wayBack(to, resolve('dashboard'), resolve('sign-in'));
