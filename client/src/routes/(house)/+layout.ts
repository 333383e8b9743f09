import { redirect } from '@sveltejs/kit';
import { remember, signInAddress, whyWithTime } from '#lib/leave.ts';
import { wantAddress } from '#lib/onward.ts';
import { demandOwnWords } from '#lib/own-words.ts';
import { ApiProblem } from '#lib/problem.ts';
import { session } from '#lib/session.svelte.ts';
import type { LayoutLoad } from './$types';

/** Nothing of the house is shown before it is known who came in. */
export const load: LayoutLoad = async ({ url, untrack }) => {
  try {
    if (!session.known) await session.load();
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'signed_out') {
      remember(whyWithTime(error.detail, error.at));
      redirect(
        307,
        untrack(() => signInAddress(url)),
      );
    }
    throw error;
  }
  await demandOwnWords(
    session.view.language,
    untrack(() => url.href),
  );
  const { wants } = session.view;
  if (wants)
    redirect(
      307,
      untrack(() => wantAddress(wants, `${url.pathname}${url.search}`)),
    );
};
