import { DriverException, OptimisticLockError } from '@mikro-orm/core';
import type { Context, Middleware } from 'koa';
import { type ProblemDocument, problems } from '#contract/problems.ts';
import type { Log } from '../log.ts';
import { Problem } from '../problem.ts';
import { say, sayStored } from '../../words/say.ts';
import { problemTitle } from '../../words/rights.ts';

/** Codes of PostgreSQL (appendix A of its manual) and of Node that say "not now" rather than "never". */
const PASSING = /^(08(?!P01)...|53...|57P0[1-4]|57014|55P03|40001|40P01|25P03|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOENT)$/;

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '');
function isPassing(error: unknown): boolean {
  if (PASSING.test(codeOf(error))) return true;
  if (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/i.test(error.message)) return true;
  return error instanceof Error && error.cause !== undefined && isPassing(error.cause);
}

/** What a failure means to the caller. Whatever is not a `Problem` is our own fault, or the database is away. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof URIError) return new Problem('bad_request');
  // of two who changed one row at once, the row kept what the first wrote
  if (error instanceof OptimisticLockError) return new Problem('conflict', {}, { cause: error });
  if (error instanceof DriverException || isPassing(error)) {
    if (isPassing(error))
      return new Problem(
        'unavailable',
        { detail: say('The database cannot be reached right now. Nothing was changed.'), retryAfter: 5 },
        { cause: error },
      );
  }
  return new Problem('internal', {}, { cause: error });
}

function documentOf(problem: Problem, requestId: string): ProblemDocument {
  const { code, extra } = problem;
  const { detail, fields } = extra;
  return {
    type: 'about:blank',
    title: problemTitle(code),
    status: problems[code].status,
    code,
    ...extra,
    ...(detail !== undefined && { detail: sayStored(detail) }),
    // schemas and tables of refusals speak English
    ...(fields && { fields: Object.fromEntries(Object.entries(fields).map(([path, fault]) => [path, sayStored(fault)])) }),
    requestId,
  };
}

function answerWith(ctx: Context, problem: Problem, requestId: string): void {
  ctx.status = problem.status;
  ctx.type = 'application/problem+json';
  if (problem.extra.retryAfter !== undefined) ctx.set('retry-after', String(Math.ceil(problem.extra.retryAfter)));
  // what was not read of a body cannot be told from the next request
  if (!ctx.req.complete) ctx.set('connection', 'close');
  ctx.body = JSON.stringify(documentOf(problem, requestId));
}

/** Turns every failure into a problem document and logs those that are ours. */
export const failures =
  (log: Log): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new Problem('not_found');
      if (ctx.status === 405 || ctx.status === 501) throw new Problem('method_not_allowed');
    } catch (error) {
      const requestId = String(ctx.state['requestId']);
      const problem = problemOf(error);
      if (problem.status >= 500)
        log.error({ err: problem.cause ?? problem, requestId, method: ctx.method, path: ctx.path }, 'request failed');
      answerWith(ctx, problem, requestId);
    }
  };
