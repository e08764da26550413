import type { Transport } from '@anyforge/provider-kit';
import { toProviderError } from '@anyforge/provider-kit';
// Without the endpoints that the whole package knows: to give them to each client takes longer than most calls.
import minimal from '#bitbucket-minimal';
import type { BitbucketHost } from './host.js';
import { provider } from './host.js';

/** The `bitbucket` package's client that knows no endpoint: many of those that the other one knows are gone. */
export interface BitbucketClient {
  /**
   * Asks one endpoint: `request('GET /workspaces/{workspace}/projects', { workspace: 'acme' })`. What the route does
   * not name goes into the query of a GET or DELETE, and into the JSON body of anything else, or as `_body`.
   */
  request(route: string, parameters?: Readonly<Record<string, unknown>>): Promise<BitbucketAnswer>;
}

export interface BitbucketAnswer {
  /** Parsed where it is JSON, else as text. */
  readonly data: unknown;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly status: number;
}

/**
 * The SDK on our transport, which alone retries, waits and follows. What the transport throws would become a status of
 * 500 with the same text: it is brought back as it was.
 */
export function createClient({ apiUrl }: BitbucketHost, transport: Transport): BitbucketClient {
  const client = new minimal.Bitbucket({ baseUrl: apiUrl, notice: false });
  client.requestHook.wrap(async (request, options) => {
    const signal: unknown = options.request?.['signal'];
    const send = options.request?.fetch ?? transport.fetch();
    let failure: { readonly error: unknown } | undefined;
    const fetch = async (url: string, init?: RequestInit): Promise<Response> => {
      try {
        return named(await send(url, init));
      } catch (error) {
        failure = { error };
        throw error;
      }
    };
    // What is asked with is bound already: other options could not be handed on.
    options.request = { ...options.request, fetch };
    try {
      return await request(options);
    } catch (error) {
      throw failure === undefined
        ? toProviderError(provider, error, signal instanceof AbortSignal ? signal : undefined)
        : failure.error;
    }
  });
  return client;
}

/** The SDK fails on an answer that names no type, as one without a body does. */
function named(response: unknown): Response {
  if (!(response instanceof Response)) throw new TypeError('fetch gave something that is no Response');
  if (response.headers.has('content-type')) return response;
  const { status, statusText, headers } = response;
  const typed = new Headers(headers);
  typed.set('content-type', 'text/plain');
  return new Response(response.body, { status, statusText, headers: typed });
}
