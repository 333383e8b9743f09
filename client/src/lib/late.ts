import { NoAnswer } from './problem.ts';

/** A part of the page that is fetched when it is needed. That it could not be had is a request without an answer, like any other. */
export const late = <T>(part: Promise<T>): Promise<T> =>
  part.catch((cause: unknown) => {
    throw new NoAnswer({ cause });
  });
