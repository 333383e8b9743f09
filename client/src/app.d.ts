import type { ProblemCode, ProblemDocument } from '#contract/problems.ts';

declare global {
  namespace App {
    /** What an error page knows. */
    interface Error {
      code?: ProblemCode | 'no_answer';
      missing?: ProblemDocument['missing'];
      /** In seconds. */
      retryAfter?: number;
      requestId?: string;
    }
  }
}
