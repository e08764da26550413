export interface ReachabilityParts {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Asks the server for next to nothing. */
  readonly probe: (options: { readonly signal: AbortSignal }) => Promise<unknown>;
  /** Called when the server can be reached again. */
  readonly onReturn: () => void;
}

const probeEveryMs = 5_000;
/** What is cut off on the way may hang for minutes. */
const probeAtMostMs = 15_000;

/** Knows whether the server can be reached, from every request there is; while it cannot, it looks for it. */
export class Reachability {
  readonly #parts: ReachabilityParts;
  readonly #watchers = new Set<() => void>();
  /** What looks for it, while it cannot be reached. */
  #search: AbortController | undefined;

  constructor(parts: ReachabilityParts) {
    this.#parts = parts;
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Whether it can be reached, as far as is known. */
  readonly read = (): boolean => this.#search === undefined;

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
    if (this.#search !== undefined) return;
    this.#search = new AbortController();
    void this.#lookFor(this.#search.signal);
    this.#tell();
  }

  /** One probe at a time. What it finds is noted where its request is sent. */
  async #lookFor(found: AbortSignal): Promise<void> {
    await pause(probeEveryMs, found);
    while (!found.aborted) {
      await this.#probeOnce().catch(() => undefined);
      await pause(probeEveryMs, found);
    }
  }

  async #probeOnce(): Promise<void> {
    const patience = new AbortController();
    const timer = setTimeout(() => {
      patience.abort();
    }, probeAtMostMs);
    try {
      await this.#parts.probe({ signal: patience.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  #returned(): void {
    if (this.#search === undefined) return;
    this.#search.abort();
    this.#search = undefined;
    this.#tell();
    this.#parts.onReturn();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

/** Is over at once when the signal says so. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
