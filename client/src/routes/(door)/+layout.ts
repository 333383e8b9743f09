import { read } from '#lib/api.ts';
import { NoAnswer } from '#lib/problem.ts';

/** Whose door it is. With no answer the page is shown all the same: the form will say that the server is away. */
export const load = async () => ({
  front: await read('GET /front').catch((error: unknown) => {
    if (error instanceof NoAnswer) return { organisation: '', setUp: true, passwordMinimum: 12, passkeys: false };
    throw error;
  }),
});
