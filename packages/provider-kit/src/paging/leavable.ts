import { linkAbort } from '../abort.js';

/**
 * Makes an iterator of a generator that is stopped when it is left, rather than when the page that it waits for has
 * come. Nothing runs before the first `next()`.
 *
 * @param signal the caller's
 * @param start given a signal that aborts with the caller's, and when the iterator is left or at its end
 */
export function leavable<T>(
  signal: AbortSignal | undefined,
  start: (signal: AbortSignal) => AsyncGenerator<T, undefined>,
): AsyncIterableIterator<T, undefined> {
  const leaving = new AbortController();
  const items = follow(signal, leaving.signal, start);
  return {
    async next() {
      try {
        return await items.next();
      } catch (error) {
        if (leaving.signal.aborted) return { done: true, value: undefined };
        throw error;
      }
    },
    async return() {
      leaving.abort(left());
      await items.return(undefined).catch(() => undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow<T>(
  signal: AbortSignal | undefined,
  leaving: AbortSignal,
  start: (signal: AbortSignal) => AsyncGenerator<T, undefined>,
): AsyncGenerator<T, undefined> {
  const run = linkAbort(signal, leaving);
  try {
    run.signal.throwIfAborted();
    return yield* start(run.signal);
  } finally {
    run.abort(left());
    run.unlink();
  }
}

function left(): DOMException {
  return new DOMException('The listing was left.', 'AbortError');
}
