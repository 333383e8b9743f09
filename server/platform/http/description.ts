import { createHash } from 'node:crypto';
import { getDescription } from '#contract/description.ts';
import { Encoded } from './encoded.ts';
import { describeApi } from './openapi.ts';
import { type Route, route } from './route.ts';

/**
 * The route that describes them all, itself included.
 * @param routes asked for when it is first called: by then all are known
 */
export function descriptionRoute(routes: () => readonly Route[]): Route {
  let known: Encoded | undefined;
  return route(getDescription, 'known', {}, ({ tools }) => {
    if (!known) {
      const json = JSON.stringify(describeApi(routes(), tools));
      known = new Encoded(json, `"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"`);
    }
    return Promise.resolve(known);
  });
}
