import type { ApiError } from './api-error.js';
import { createCalls, createSend } from './calls.js';
import type { Client } from './client.js';
import { ConfiguredProviders } from './configured-providers.js';
import { pagesOf } from './pages.js';
import { testDraft } from './test-draft.js';
import { systemTimers } from './timers.js';
import type { UnauthenticatedOutcome } from './transport.js';
import { Transport } from './transport.js';
import { watchSync } from './watch-sync.js';

export interface ClientOptions {
  /** Absolute: the server's address, and `/api/v1`. */
  readonly baseUrl: string;
  /** An API token. Absent: the browser's session counts. */
  readonly token?: string | undefined;
  /**
   * For whom the client works, as soon as that is known: asked with each request, which names them, and which the server
   * refuses with `other_person` where the session is somebody else's by then. `GET /session` tells the id. Absent: requests
   * are for whoever is signed in.
   */
  readonly personId?: (() => string | undefined) | undefined;
  /** Absent: the global one. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /**
   * Called when a request is refused because nobody is signed in any more; once, however many requests are refused at the
   * same time. With `retry` each of them is sent once more, with `give-up` they fail. Absent: they fail.
   *
   * Resolve to `retry` only when the same person has signed in again: what waits was asked in their name.
   */
  readonly onUnauthenticated?: ((error: ApiError) => Promise<UnauthenticatedOutcome>) | undefined;
  /**
   * Called when a request is refused because the session is somebody else's than `personId` says, before the request
   * fails: it is never sent again.
   */
  readonly onOtherPerson?: ((error: ApiError) => void) | undefined;
}

/**
 * Makes a client. Nothing is sent before it is called.
 *
 * @throws TypeError when `baseUrl` is no absolute http or https address.
 */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, token, personId, fetch, onUnauthenticated, onOtherPerson } = options;
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new TypeError('"baseUrl" is all of the server\'s address, like "https://anyforge.example/api/v1".');
  }
  const timers = systemTimers;
  const transport = new Transport({
    fetch: fetch ?? ((request) => globalThis.fetch(request)),
    now: () => timers.now(),
    onUnauthenticated,
    onOtherPerson,
  });
  const send = createSend({ baseUrl, token, personId, fetch: (request) => transport.send(request) });
  const calls = createCalls(send);
  const providers = new ConfiguredProviders(calls);
  return {
    ...calls,
    repositories: (filters, { signal } = {}) =>
      pagesOf((cursor) => calls.GET('/repositories', { params: { query: { ...filters, cursor } }, signal })),
    auditEvents: (filters, { signal } = {}) =>
      pagesOf((cursor) => calls.GET('/audit-events', { params: { query: { ...filters, cursor } }, signal })),
    watchSync: (id, options) => watchSync({ send, timers }, id, options),
    testDraft: (id, options) => testDraft({ send, timers }, id, options),
    setProvider: (name, username, providerToken, options = {}) =>
      providers.set(name, { username, token: providerToken }, options),
    getProviders: (options = {}) => providers.list(options),
    getProvider: (name, host, options = {}) => providers.get(name, host, options),
    deleteProvider: (name, host, options = {}) => providers.delete(name, host, options),
  };
}
