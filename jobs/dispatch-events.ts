import { Consequences } from './_consequences.ts';
import { dispatch } from './_dispatch.ts';
import { listen } from './_listener.ts';
import { type WorkTools, watch } from './job.ts';

/** How long at most an event waits whose notification was lost, in ms. */
const NET = 5000;
/** The pause after a failure, and while something could not be queued, in ms. */
const RETRY = 500;

/** Takes events as they are committed, until it is stopped. */
async function work(tools: WorkTools, wake: Wake): Promise<void> {
  const consequences = new Consequences(tools);
  consequences.everythingIsStale();
  let failing = false;
  while (!wake.stopped) {
    let done = false;
    try {
      const batch = await dispatch(tools);
      if (batch.sealed.length > 0) {
        await consequences.draw(batch);
        continue; // there may be more
      }
      done = await consequences.settleStale();
      failing = false;
    } catch (error) {
      if (!failing) tools.log.error({ err: error }, 'dispatch: events wait, since they cannot be numbered');
      failing = true;
    }
    await wake.next(done ? NET : RETRY);
  }
}

/** Something to wait for that may happen before anybody waits. */
class Wake {
  stopped = false;
  #call = Promise.withResolvers<void>();
  call = (): void => this.#call.resolve();
  /** Waits for the next call, or one since the last wait; or so many ms. */
  async next(ms: number): Promise<void> {
    const timer = setTimeout(this.call, ms);
    await this.#call.promise;
    clearTimeout(timer);
    this.#call = Promise.withResolvers();
  }
}

export default watch({
  id: 'dispatch-events',
  start: async tools => {
    const wake = new Wake();
    const deafen = await listen(tools.orm.config.get('clientUrl') ?? '', 'event', wake.call, tools.log);
    const working = work(tools, wake);
    return async () => {
      wake.stopped = true;
      wake.call();
      await deafen();
      await working;
    };
  },
});
