import type { JobState } from '#contract/queues.ts';
import { call, read } from '#lib/api.ts';
import { askedIn, oneOf, pagingIn } from '#lib/list-address.ts';
import { Reading } from '#lib/reading.svelte.ts';
import type { PageLoad } from './$types';

const STATES = ['failed', 'waiting', 'active', 'delayed', 'completed'] as const satisfies readonly JobState[];

export const load = (async ({ params: { name }, url, parent }) => {
  await parent();
  const state = oneOf(STATES, askedIn(url, 'state')) ?? 'failed';
  const search = askedIn(url, 'search');
  const query = { state, search, ...pagingIn(url) };
  const ask = async (get: typeof read) => {
    const params = { name };
    const [queue, jobs] = await Promise.all([get('GET /queues/:name', { params }), get('GET /queues/:name/jobs', { params, query })]);
    return { queue, jobs };
  };
  return { reading: new Reading(await ask(read), () => ask(call)), state, states: STATES, search };
}) satisfies PageLoad;
