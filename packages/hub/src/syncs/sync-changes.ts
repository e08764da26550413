/** Tells those who watch a sync in this process that it has changed. It says no more: they look it up. */
export class SyncChanges {
  readonly #listeners = new Map<string, Set<() => void>>();

  notify(syncIds: Iterable<string>): void {
    for (const syncId of syncIds) for (const listener of this.#listeners.get(syncId) ?? []) listener();
  }

  /**
   * Listens from now on: `happened` resolves at the next change, and when the signal aborts. `stop` must be called in
   * the end.
   */
  listen(syncId: string, signal: AbortSignal): { readonly happened: Promise<void>; stop(): void } {
    let stop = (): void => undefined;
    const happened = new Promise<void>((resolve) => {
      const listener = (): void => {
        resolve();
      };
      const listeners = this.#listeners.get(syncId) ?? new Set();
      this.#listeners.set(syncId, listeners.add(listener));
      signal.addEventListener('abort', listener, { once: true });
      stop = () => {
        listeners.delete(listener);
        signal.removeEventListener('abort', listener);
        if (listeners.size === 0 && this.#listeners.get(syncId) === listeners) this.#listeners.delete(syncId);
      };
    });
    return {
      happened,
      stop: () => {
        stop();
      },
    };
  }
}
