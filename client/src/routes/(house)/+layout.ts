import { redirect } from '@sveltejs/kit';
import { remember, signInAddress, whyWithTime } from '#lib/leave.ts';
import { wantAddress } from '#lib/onward.ts';
import { ApiProblem } from '#lib/problem.ts';
import { session } from '#lib/session.svelte.ts';
import { language } from '#lib/words/en/language.ts';
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
  // Pages are built once for each language, and the server chooses by who asks: whoever has just come in may read another one than
  // the browser asked for at the door.
  if (session.view.language !== language && !import.meta.env.DEV) {
    location.replace(untrack(() => url.href));
    await new Promise(() => undefined); // nothing is drawn before
  }
  const { wants } = session.view;
  if (wants)
    redirect(
      307,
      untrack(() => wantAddress(wants, `${url.pathname}${url.search}`)),
    );
};
