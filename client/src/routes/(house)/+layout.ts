import { redirect } from '@sveltejs/kit';
import { remember, signInAddress } from '#lib/leave.ts';
import { ApiProblem } from '#lib/problem.ts';
import { session } from '#lib/session.svelte.ts';
import type { LayoutLoad } from './$types';

/** Nothing of the house is shown before it is known who came in. */
export const load: LayoutLoad = async ({ url, untrack }) => {
  if (session.known) return;
  try {
    await session.load();
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'signed_out') {
      remember(error.detail);
      redirect(
        307,
        untrack(() => signInAddress(url)),
      );
    }
    throw error;
  }
};
