import { call } from './api.ts';
import { ApiProblem } from './problem.ts';

/** Whether the server can be reached over HTTP. A refusal is an answer too; that the session ended leads to the sign-in page from within `call`. */
export const httpWorks = (): Promise<boolean> =>
  call('GET /session').then(
    () => true,
    (error: unknown) => error instanceof ApiProblem && error.status < 500,
  );
