import type { Explanation, MessageExplanation } from '#contract/access.ts';
import { read } from '#lib/api.ts';
import { askedIn } from '#lib/list-address.ts';
import { ApiProblem } from '#lib/problem.ts';
import type { PageLoad } from './$types';

/** What is asked about a message, which is explained otherwise than a right. */
const MESSAGE = /^(delivery|event|mail):/;

/** Who and what stand in the address. What is no such thing is said beside the choice, since addresses are typed and old. */
export const load = (async ({ url, parent }) => {
  await parent();
  const [admin, what] = [askedIn(url, 'admin'), askedIn(url, 'what')];
  const things = await read('GET /explain/things');
  let answer: Explanation | undefined;
  let message: MessageExplanation | undefined;
  let unknown = '';
  if (what !== undefined) {
    const query = { what, ...(admin !== undefined && { admin }) };
    try {
      if (MESSAGE.test(what)) message = await read('GET /explain/message', { query });
      else answer = await read('GET /explain', { query });
    } catch (error) {
      if (!(error instanceof ApiProblem) || (error.code !== 'invalid' && error.code !== 'not_found')) throw error;
      unknown = error.fields['what'] ?? error.fields['admin'] ?? error.sentence;
    }
  }
  return { things, admin, what, answer, message, unknown };
}) satisfies PageLoad;
