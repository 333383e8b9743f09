import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import type { Want } from '#contract/factors.ts';
import { remember } from './leave.ts';
import { onward } from './onward.ts';
import { ApiProblem } from './problem.ts';
import { session } from './session.svelte.ts';

/** Lets a page of the sign-in be shown to whom it is for: where something else is wanted, or nothing, it leads there instead. */
export async function stepIn(want: Want, { searchParams }: Pick<URL, 'searchParams'>): Promise<void> {
  const to = searchParams.get('to');
  try {
    await session.load();
  } catch (error) {
    if (!(error instanceof ApiProblem && error.code === 'signed_out')) throw error;
    remember(error.detail);
    redirect(307, resolve(to === null ? 'sign-in' : `sign-in?to=${encodeURIComponent(to)}`));
  }
  if (session.view.wants !== want) redirect(307, onward(session.view, to));
}
