/** Waits for `work`, or rejects with the signal's reason once it fires. What becomes of `work` then is of no interest. */
export async function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(signal.reason);
  work.catch(() => undefined);
  stopped.promise.catch(() => undefined);
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
