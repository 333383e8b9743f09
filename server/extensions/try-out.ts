import type { EntityManager } from '@mikro-orm/postgresql';
import { type LoadedView, views } from '#contract/widgets.ts';
import type { Outbound } from '../platform/outbound.ts';
import type { Secrets } from '../platform/secrets.ts';
import { reasonOf } from '../widgets/_reason.ts';
import type { Extension } from './Extension.ts';

/** How long its load may take, in ms. */
const BUDGET = 10_000;

/** Asks a widget for its figures once and shows them to nobody. @returns why they could not be shown, if so, and the time it took in ms */
export async function tryOut(
  extension: Extension,
  tools: { em: EntityManager; secrets: Secrets; outbound: Outbound },
): Promise<{ failure: string | undefined; ms: number }> {
  const began = performance.now();
  const late = AbortSignal.timeout(BUDGET);
  try {
    const figures = await extension.load(tools, late);
    views[extension.description?.view as LoadedView].parse(figures); // its thread held the view against the list
    return { failure: undefined, ms: performance.now() - began };
  } catch (error) {
    const failure = late.aborted ? `Loading took longer than ${BUDGET / 1000} s.` : reasonOf(error);
    return { failure, ms: performance.now() - began };
  } finally {
    extension.end();
  }
}
