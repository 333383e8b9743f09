import type { Actor } from '../actor.ts';
import { Problem } from '../problem.ts';
import { say } from '../../words/say.ts';

/**
 * Lets by whoever proved within the last ten minutes who they are. Routes that are dangerous as a whole say `confirmed`; this is
 * for those of which only a part is.
 * @throws Problem `confirmation_needed`, or `forbidden` for an API key, which cannot prove anything
 */
export function demandConfirmed(actor: Actor): void {
  if (actor.kind !== 'admin') throw new Problem('forbidden', { detail: say('This is for people who are signed in, not for API keys.') });
  if (actor.confirmed !== true) throw new Problem('confirmation_needed');
}
