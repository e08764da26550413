export interface ReachabilityParts {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Asks the server for next to nothing. */
  readonly probe: () => Promise<unknown>;
  /** Called when the server can be reached again. */
  readonly onReturn: () => void;
}

const probeEveryMs = 5_000;

/** Knows whether the server can be reached, from every request there is; while it cannot, it looks for it. */
export class Reachability {
  readonly #parts: ReachabilityParts;
  readonly #watchers = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: ReachabilityParts) {
    this.#parts = parts;
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Whether it can be reached, as far as is known. */
  readonly read = (): boolean => this.#timer === undefined;

  /** Sends a request, and takes note of whether there is an answer. */
  readonly fetch = async (request: Request): Promise<Response> => {
    try {
      const response = await this.#parts.fetch(request);
      this.#returned();
      return response;
    } catch (error) {
      if (!request.signal.aborted) this.lost();
      throw error;
    }
  };

  /** It cannot be reached, or the browser believes so. */
  lost(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => {
      // What it finds is noted where its request is sent.
      this.#parts.probe().catch(() => undefined);
    }, probeEveryMs);
    this.#tell();
  }

  #returned(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#tell();
    this.#parts.onReturn();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
