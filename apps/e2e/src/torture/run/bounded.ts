import { setTimeout as delay } from 'node:timers/promises';

/** What a promise comes to, or nothing when it takes longer: it goes on then, and its failure is for whoever else waits. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | undefined> {
  const timer = new AbortController();
  const late = delay(ms, undefined, { signal: timer.signal, ref: false }).catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}

/** Does one thing after the other, each whether the one before it failed or not. */
export class Sequence {
  #last: Promise<unknown> = Promise.resolve();

  add<Value>(work: () => Promise<Value>): Promise<Value> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
