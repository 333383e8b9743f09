import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';
import { say } from '../../words/say.ts';

/** Whoever shows a cookie and a key may be taken for either. @throws Problem `bad_request` */
export function refuseTwoNames({ headers: { authorization, cookie } }: IncomingMessage): void {
  if (authorization !== undefined && cookie !== undefined)
    throw new Problem('bad_request', { detail: say('Send a cookie or an API key, not both.') });
}

/**
 * Lets an unsafe request by only when our own page sends it: a cookie travels with every request, also with one that another
 * site makes. A request with an API key carries no cookie and needs no such proof.
 * @throws Problem `foreign_origin`
 */
export function refuseForeignOrigin(request: IncomingMessage, baseUrl: string): void {
  const { authorization, origin } = request.headers;
  if (authorization !== undefined) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new Problem('foreign_origin');
  if (origin !== undefined && origin !== baseUrl)
    throw new Problem('foreign_origin', { detail: say('This site answers at {baseUrl}.', { baseUrl }) });
  if (site === undefined && origin === undefined)
    throw new Problem('foreign_origin', { detail: say('The request does not say where it comes from (Origin).') });
}
