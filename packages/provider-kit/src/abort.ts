import { defaultMaxListeners, getMaxListeners, setMaxListeners } from 'node:events';

/** An abort signal of one's own that also follows others. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Lets go of the followed signals, which may outlive this one by far. */
  unlink(): void;
}

/** Makes a signal that aborts with the reason of the first of `signals` that does, or by hand. */
export function linkAbort(...signals: readonly (AbortSignal | null | undefined)[]): LinkedAbort {
  const controller = new AbortController();
  expectListeners(controller.signal);
  const listeners = signals.map((signal) => {
    if (signal) expectListeners(signal);
    const follow = (): void => {
      controller.abort(signal?.reason);
    };
    if (signal?.aborted === true) follow();
    else signal?.addEventListener('abort', follow, { once: true });
    return () => signal?.removeEventListener('abort', follow);
  });
  return {
    signal: controller.signal,
    abort: (reason) => {
      controller.abort(reason);
    },
    unlink: () => {
      listeners.forEach((remove) => remove());
    },
  };
}

/** Settles as `work` does, unless the signal aborts first: then it rejects at once with the signal's reason. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      reject(signal.reason);
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', cancel);
    });
  });
}

/**
 * Many requests of one call follow one signal, which is no leak, but Node 20 would warn of it at the eleventh. Not 0
 * for "any number": of a signal that was given 0, Node 20 says that it is no event target.
 */
function expectListeners(signal: AbortSignal): void {
  try {
    if (getMaxListeners(signal) === defaultMaxListeners) setMaxListeners(Infinity, signal);
  } catch {
    // A signal that is not Node's own does not warn either.
  }
}
