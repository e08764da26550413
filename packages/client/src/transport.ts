import type { ApiError } from './api-error.js';
import { ApiUnreachable } from './api-error.js';
import { readProblem } from './read-problem.js';

export interface TransportParts {
  readonly fetch: (request: Request) => Promise<Response>;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** Asked when nobody is signed in (any more). */
  readonly onUnauthenticated?: ((error: ApiError) => Promise<UnauthenticatedOutcome>) | undefined;
  /** Told when the session is somebody else's than the request was sent for. */
  readonly onOtherPerson?: ((error: ApiError) => void) | undefined;
}

/** `retry`: somebody has signed in, and what was refused is sent again. `give-up`: it fails. */
export type UnauthenticatedOutcome = 'retry' | 'give-up';

/** Of a request without a session or token, or with one that has ended. Wrong passwords have a code of their own. */
const notSignedIn = 'not_signed_in';
/** Of a request that names somebody else than is signed in. */
const otherPerson = 'other_person';

/** Sends requests; what comes back is an answer that says yes. */
export class Transport {
  readonly #parts: TransportParts;
  #asking: Promise<UnauthenticatedOutcome> | undefined;
  /** What was answered last, and how often there was an answer: a request that was sent before is told the same. */
  #answered: { readonly times: number; readonly outcome: UnauthenticatedOutcome } = {
    times: 0,
    outcome: 'give-up',
  };

  constructor(parts: TransportParts) {
    this.#parts = parts;
  }

  /**
   * @throws ApiError when the answer says no; ApiUnreachable when there is none; the signal's reason when the request is
   *   aborted.
   */
  async send(request: Request): Promise<Response> {
    const again = request.clone();
    const { times } = this.#answered;
    const response = await this.#fetch(request);
    if (response.ok) return response;
    const error = await this.#readRefusal(response, request.signal);
    if (error.code !== notSignedIn || (await this.#ask(error, { times, signal: again.signal })) === 'give-up')
      throw error;
    const second = await this.#fetch(again);
    if (!second.ok) throw await this.#readRefusal(second, again.signal);
    return second;
  }

  /** One question at a time: whoever is refused meanwhile, or was before the answer came, shares it. */
  async #ask(
    error: ApiError,
    { times, signal }: { readonly times: number; readonly signal: AbortSignal },
  ): Promise<UnauthenticatedOutcome> {
    const { onUnauthenticated } = this.#parts;
    // Nobody is asked for what nobody waits for any more.
    signal.throwIfAborted();
    if (onUnauthenticated === undefined) return 'give-up';
    if (times < this.#answered.times) return this.#answered.outcome;
    this.#asking ??= this.#askNow(() => onUnauthenticated(error));
    return unlessAborted(this.#asking, signal);
  }

  async #askNow(question: () => Promise<UnauthenticatedOutcome>): Promise<UnauthenticatedOutcome> {
    try {
      const outcome = await question();
      this.#answered = { times: this.#answered.times + 1, outcome };
      return outcome;
    } finally {
      this.#asking = undefined;
    }
  }

  async #readRefusal(response: Response, signal: AbortSignal): Promise<ApiError> {
    const error = await reachably(readProblem(response, this.#parts.now), signal);
    if (error.code === otherPerson) this.#parts.onOtherPerson?.(error);
    return error;
  }

  #fetch(request: Request): Promise<Response> {
    return reachably(this.#parts.fetch(request), request.signal);
  }
}

/** Tells apart whether the caller has gone or the server. */
export async function reachably<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    signal?.throwIfAborted();
    throw new ApiUnreachable(
      'The server cannot be reached. Check the network, and whether the server runs.',
      {
        cause: error,
      },
    );
  }
}

async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason);
      },
      { signal: settled.signal },
    );
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    settled.abort();
  }
}
