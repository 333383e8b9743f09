import { LARGEST_FIGURES, views } from '#contract/widgets.ts';
import { firstToTell, redisNow, storeFailure, storeFigures } from '../dashboard/snapshot-store.ts';
import { record } from '../events/record.ts';
import { SYSTEM } from '../platform/actor.ts';
import { room } from '../platform/live/rooms.ts';
import { widgets as counters } from '../platform/metrics.ts';
import { reasonOf } from './_reason.ts';
import type { LoadTools, Widget } from './_widget.ts';
import { noted } from '../words/say.ts';

/** How long a load may take, in ms. */
const BUDGET = 10_000;

class OutOfTime extends Error {}

/** Rejects when the signal is aborted. Nobody can stop a promise; one can stop waiting for it. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });

/** @returns the figures as JSON, held against the schema of the widget's view */
async function load({ id, describe, load: ask }: Widget, tools: LoadTools, budget: number): Promise<string> {
  const call = new AbortController();
  const timer = setTimeout(
    () => call.abort(new OutOfTime(noted('Loading took longer than {seconds} s and was given up.', { seconds: budget / 1000 }))),
    budget,
  );
  const signal = AbortSignal.any([tools.signal, call.signal]);
  counters.loads.inc({ widget: id });
  try {
    const data = await Promise.race([ask?.({ ...tools, signal }), aborted(signal)]);
    const text = JSON.stringify(views[describe.view].parse(data));
    if (Buffer.byteLength(text) > LARGEST_FIGURES) throw new Error(`The figures are larger than ${LARGEST_FIGURES / 1024} KiB.`);
    return text;
  } finally {
    clearTimeout(timer);
    call.abort(); // whatever the loader left running has no use any more
  }
}

/** Why a load failed, and what was thrown. */
interface Failure {
  reason: string;
  error: unknown;
}

async function attempt(widget: Widget, tools: LoadTools, budget: number): Promise<{ figures: string } | { failure: Failure }> {
  try {
    return { figures: await load(widget, tools, budget) };
  } catch (error) {
    if (tools.signal.aborted) throw error;
    return { failure: { reason: reasonOf(error), error } };
  }
}

/** Writes down the first failure after good figures, and the end of failing; each once, whoever finds it and however often it fails. */
async function tell({ id, describe }: Widget, tools: LoadTools, failure: Failure | undefined): Promise<void> {
  const over = failure === undefined;
  if (!(await firstToTell(tools.redis, id, over))) return;
  if (over) tools.log.info({ widget: id }, 'widget: loads again');
  else tools.log.warn({ err: failure.error, widget: id }, 'widget: fails; the last good figures stay');
  const facts = { widgetId: id, widget: describe.title };
  try {
    await tools.orm.em.fork().transactional(em => {
      if (over) record(em, SYSTEM, 'widget.recovered', facts);
      else record(em, SYSTEM, 'widget.failing', { ...facts, reason: failure.reason });
      return Promise.resolve();
    });
  } catch (error) {
    await firstToTell(tools.redis, id, !over); // the next build tries again
    tools.log.warn({ err: error, widget: id }, 'widget: that it fails or recovered could not be written down');
  }
}

/**
 * Loads a widget, keeps its snapshot and sends it to everyone who may see it: once, however many they are.
 * When the load fails, the last good figures stay, with the reason beside them.
 * @param budget the time a load has, in ms.
 * @returns whether the load succeeded
 * @throws RedisUnavailable when it cannot be kept; the signal's reason when the run is called off.
 */
export async function rebuild(widget: Widget, tools: LoadTools, budget = BUDGET): Promise<boolean> {
  const { id, describe, resend = 0 } = widget;
  const build = { id, view: describe.view, began: await redisNow(tools.redis) };
  const outcome = await attempt(widget, tools, budget);
  const failed = 'failure' in outcome;
  const snapshot = failed
    ? await storeFailure(tools.redis, build, outcome.failure.reason)
    : await storeFigures(tools.redis, build, outcome.figures, resend);
  if (snapshot) {
    tools.broadcast.widgets(room.may(describe.needs), [snapshot]);
    counters.publishes.inc({ widget: id });
  }
  await tell(widget, tools, failed ? outcome.failure : undefined);
  return !failed;
}
