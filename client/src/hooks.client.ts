import type { HandleClientError } from '@sveltejs/kit/hooks';
import { ApiProblem, NoAnswer } from '#lib/problem.ts';
import { trouble as words } from '#lib/words/en/trouble.ts';

/** Turns what a page's reads threw into what the error page shows. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (error instanceof ApiProblem) {
    return {
      status: error.status,
      message: error.sentence,
      code: error.code,
      requestId: error.requestId,
      ...(error.missing && { missing: error.missing }),
      ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
    };
  }
  if (error instanceof NoAnswer) return { status: 503, message: words.noAnswer, code: 'no_answer' };
  if (kind !== 'unknown') return undefined;
  console.error(error);
  return { status: 500, message: words.clientFailed };
};
