/**
 * What a promise comes to, or the signal's reason as soon as it aborts: an adapter that does not listen to its signal
 * holds nobody up.
 */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<'aborted'>((resolve) => {
    const listener = (): void => {
      resolve('aborted');
    };
    signal.addEventListener('abort', listener, { once: true });
    stop = () => {
      signal.removeEventListener('abort', listener);
    };
    if (signal.aborted) listener();
  });
  // Its failure after that is nobody's any more.
  promise.catch(() => undefined);
  try {
    const first = await Promise.race([aborted, promise.then((value) => ({ value }))]);
    if (first !== 'aborted') return first.value;
    throw signal.reason;
  } finally {
    stop();
  }
}

/** An iterable's items until the signal aborts. Leaving early tells the iterable, without waiting for its answer. */
export async function* itemsUntilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const next = await untilAborted(iterator.next(), signal);
      if (next.done === true) {
        ended = true;
        return;
      }
      yield next.value;
    }
  } catch (error) {
    ended = !signal.aborted;
    throw error;
  } finally {
    if (!ended) iterator.return?.().catch(() => undefined);
  }
}
