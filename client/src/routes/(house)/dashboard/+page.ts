import { read } from '#lib/api.ts';
import { board } from '#lib/board.svelte.ts';

/** The first figures lie in the page; from then on the link brings them. */
export const load = async () => board.take(await read('GET /dashboard'));
