import type { Clock } from '@anyforge/core';
import { linkAbort } from './abort.js';

/** Settles as `work` does; after `ms`, or when the signal aborts, without it. What comes later is swallowed. */
export async function withinMs<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
  options: { readonly late: () => T; readonly signal?: AbortSignal | undefined },
): Promise<T> {
  const run = linkAbort(options.signal);
  try {
    return await Promise.race([work, clock.sleep(ms, run.signal).then(options.late)]);
  } finally {
    run.abort(new DOMException('It was settled in time.', 'AbortError'));
    run.unlink();
  }
}
