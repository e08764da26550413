/** A watcher's ear on one sync. */
export interface Listening {
  /** Resolves at the next change, and at the next `wake`. */
  readonly happened: Promise<void>;
  wake(): void;
  /** Must be called in the end. */
  stop(): void;
}

/** Hears of everything that happens to syncs in this process. */
export interface ChangesListener {
  /** These syncs have changed. */
  readonly changed?: (syncIds: readonly string[]) => void;
  /** Attempts at these tasks have lost their right to write. Never rejects. */
  readonly stopped?: (taskIds: readonly string[]) => Promise<void>;
}

/** Tells those who watch a sync in this process that it has changed. It says no more: they look it up. */
export class SyncChanges {
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #followers = new Set<ChangesListener>();
  #closed: { readonly reason: Error } | undefined;

  /** Syncs have been changed by this process. */
  notify(syncIds: readonly string[]): void {
    this.wake(syncIds);
    for (const { changed } of this.#followers) changed?.(syncIds);
  }

  /** This process has taken from attempts at these tasks the right to write. Resolves when whoever follows has done its part. */
  async stop(taskIds: readonly string[]): Promise<void> {
    if (taskIds.length === 0) return;
    await Promise.all([...this.#followers].flatMap(({ stopped }) => stopped?.(taskIds) ?? []));
  }

  /** Wakes those who watch these syncs, whoever has changed them. */
  wake(syncIds: Iterable<string>): void {
    for (const syncId of syncIds) for (const listener of this.#listeners.get(syncId) ?? []) listener();
  }

  /** Follows what this process does, for as long as it lives. */
  follow(listener: ChangesListener): void {
    this.#followers.add(listener);
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
    this.wake(this.#listeners.keys());
  }
}
