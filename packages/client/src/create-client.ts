import type { ApiError } from './api-error.js';
import { createCalls, createSend } from './calls.js';
import type { Calls, CallsWithHeaders } from './operations.js';
import type { UnauthenticatedOutcome } from './transport.js';
import { Transport } from './transport.js';

export interface ClientOptions {
  /** Absolute: the server's address, and `/api/v1`. */
  readonly baseUrl: string;
  /** An API token. Absent: the browser's session counts. */
  readonly token?: string | undefined;
  /** Absent: the global one. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /**
   * Called when a request is refused because nobody is signed in any more; once, however many requests are refused at the
   * same time. With `retry` each of them is sent once more, with `give-up` they fail. Absent: they fail.
   *
   * Resolve to `retry` only when the same person has signed in again: what waits was asked in their name.
   */
  readonly onUnauthenticated?: ((error: ApiError) => Promise<UnauthenticatedOutcome>) | undefined;
}

/** Speaks to one anyforge server. */
export interface Client extends Calls {
  /** The same calls, with the headers and the status of the answer. */
  readonly withHeaders: CallsWithHeaders;
}

/** Makes a client. Nothing is sent before it is called. */
export function createClient({ baseUrl, token, fetch, onUnauthenticated }: ClientOptions): Client {
  const transport = new Transport({
    fetch: fetch ?? ((request) => globalThis.fetch(request)),
    now: () => Date.now(),
    onUnauthenticated,
  });
  return createCalls(createSend({ baseUrl, token, fetch: (request) => transport.send(request) }));
}
