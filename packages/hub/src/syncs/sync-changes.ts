/** A watcher's ear on one sync. */
export interface Listening {
  /** Resolves at the next change, and at the next `wake`. */
  readonly happened: Promise<void>;
  wake(): void;
  /** Must be called in the end. */
  stop(): void;
}

/** Tells those who watch a sync in this process that it has changed. It says no more: they look it up. */
export class SyncChanges {
  readonly #listeners = new Map<string, Set<() => void>>();
  #closed: { readonly reason: Error } | undefined;

  notify(syncIds: Iterable<string>): void {
    for (const syncId of syncIds) for (const listener of this.#listeners.get(syncId) ?? []) listener();
  }

  /** The syncs that somebody listens to. */
  watched(): readonly string[] {
    return [...this.#listeners.keys()];
  }

  /** Listens from now on. @throws the reason for which it was closed. */
  listen(syncId: string): Listening {
    if (this.#closed !== undefined) throw this.#closed.reason;
    let wake = (): void => undefined;
    const happened = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const listeners = this.#listeners.get(syncId) ?? new Set();
    this.#listeners.set(syncId, listeners.add(wake));
    return {
      happened,
      wake,
      stop: () => {
        listeners.delete(wake);
        if (listeners.size === 0 && this.#listeners.get(syncId) === listeners) this.#listeners.delete(syncId);
      },
    };
  }

  /** Wakes everybody for the last time: who listens again is told the reason. */
  close(reason: Error): void {
    this.#closed ??= { reason };
    this.notify(this.#listeners.keys());
  }
}
