/** A request as it left the adapter, and what came of it. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Requests that are never answered. They still heed their signal. */
export class Stall {
  readonly #met = new Set<() => void>();
  #hits = 0;
  #holding = 0;

  constructor(
    readonly matches: (request: SentRequest) => boolean,
    readonly at: 'headers' | 'body',
  ) {}

  /** How many requests have met it. */
  get hits(): number {
    return this.#hits;
  }

  /** How many of them still wait. */
  get holding(): number {
    return this.#holding;
  }

  /** Resolves as soon as a request has met it. */
  met(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#hits > 0) resolve();
      else this.#met.add(resolve);
    });
  }

  hold(signal: AbortSignal): void {
    this.#hits += 1;
    this.#holding += 1;
    onAbort(signal, () => {
      this.#holding -= 1;
    });
    for (const resolve of this.#met) resolve();
    this.#met.clear();
  }
}

type Fetch = typeof globalThis.fetch;

/**
 * The `fetch` that an adapter is given: real connections, of which the suite knows at any moment how many are under
 * way. Answers are read whole before they are handed on, so that a slow machine is never mistaken for a slow forge.
 */
export class Wire {
  readonly #sent: SentRequest[] = [];
  readonly #stalls: Stall[] = [];
  readonly #held: (() => void)[] = [];
  #underWay = 0;
  #reversed = false;
  /** Called at every change. */
  onNews: () => void = () => undefined;

  constructor(readonly base: Fetch) {}

  /** Every request that was made, in order. */
  get sent(): readonly SentRequest[] {
    return this.#sent;
  }

  get isBusy(): boolean {
    return this.#underWay > 0;
  }

  /** Has what matches never answered: no headers, or no body after them. */
  stall(matches: Stall['matches'], at: Stall['at'] = 'headers'): Stall {
    const stall = new Stall(matches, at);
    this.#stalls.push(stall);
    return stall;
  }

  /** What was stalled goes through again, from the next request on. */
  clearStalls(): void {
    this.#stalls.length = 0;
  }

  /** From now on, of all answers that have come, the one to the latest request is handed on first. */
  reverseAnswers(): void {
    this.#reversed = true;
  }

  readonly fetch: Fetch = async (input, init) => {
    const release = this.#begin();
    try {
      const request = new Request(input, init);
      const { method, url, headers } = request;
      const signal = init?.signal ?? request.signal;
      const body = await request.text();
      const sent: SentRequest = { method, url, headers, body };
      this.#sent.push(sent);
      const stall = this.#stalls.find(({ matches }) => matches(sent));
      if (stall?.at === 'headers') {
        release();
        stall.hold(signal);
        return await aborted(signal);
      }
      const response = await this.base(url, {
        method,
        headers,
        redirect: request.redirect,
        signal,
        ...(body === '' ? {} : { body }),
      });
      stall?.hold(signal);
      const answer = stall === undefined ? await buffered(response) : stalled(response, signal);
      if (this.#reversed) await this.#lastFirst(release);
      return answer;
    } finally {
      release();
    }
  };

  #begin(): () => void {
    let ended = false;
    this.#underWay += 1;
    this.onNews();
    return () => {
      if (ended) return;
      ended = true;
      this.#underWay -= 1;
      this.onNews();
      if (this.#underWay === 0) this.#letGo();
    };
  }

  /** Holds an answer back until no other is under way. */
  #lastFirst(release: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#held.push(resolve);
      release();
    });
  }

  #letGo(): void {
    // One at a time and each on a turn of its own, or the order would be lost again.
    setImmediate(() => {
      if (this.#underWay > 0) return;
      this.onNews();
      this.#held.pop()?.();
      if (this.#held.length > 0) this.#letGo();
    });
  }
}

/** Reads the answer whole; what breaks in the middle of its body still breaks where it is read. */
async function buffered(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = response.body ?? [];
  const chunks: Uint8Array[] = [];
  let failure: { readonly reason: unknown } | undefined;
  try {
    for await (const chunk of parts) chunks.push(chunk);
  } catch (reason) {
    failure = { reason };
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      if (failure === undefined) controller.close();
      else controller.error(failure.reason);
    },
  });
  return withUrl(
    new Response(hasNoBody(status) ? null : body, { status, statusText, headers: [...headers] }),
    response.url,
  );
}

function stalled(response: Response, signal: AbortSignal): Response {
  void response.body?.cancel();
  const { status, headers } = response;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      onAbort(signal, () => {
        controller.error(signal.reason);
      });
    },
  });
  return withUrl(new Response(body, { status, headers: [...headers] }), response.url);
}

/** A `Response` that a program makes has no address of its own. */
function withUrl(response: Response, url: string): Response {
  return Object.defineProperty(response, 'url', { value: url });
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    onAbort(signal, () => {
      reject(signal.reason);
    });
  });
}

function onAbort(signal: AbortSignal, action: () => void): void {
  if (signal.aborted) action();
  else signal.addEventListener('abort', action, { once: true });
}
