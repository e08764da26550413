import type { CallOptions } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import { toProviderError } from '@anyforge/provider-kit';
import type { FormattedResponse, RequesterType, ResourceOptions } from '@gitbeaker/requester-utils';
import { createRequesterFn } from '@gitbeaker/requester-utils';

type Body = FormattedResponse['body'];

/**
 * Sends what Gitbeaker builds through our transport, which alone retries, paces and signs. Gitbeaker's own handler
 * retries a POST, ignores `Retry-After`, and puts the request with its token into its errors.
 *
 * @throws ProviderError and nothing else, but for a cancelled call its signal's reason
 */
export function createRequester(
  transport: Transport,
  call?: CallOptions,
): (service: ResourceOptions) => RequesterType {
  const fetch = transport.fetch(call);
  return createRequesterFn(
    (_, options) => Promise.resolve(options),
    async (endpoint, options = {}) => {
      const signal = options['signal'] instanceof AbortSignal ? options['signal'] : undefined;
      try {
        const response = await fetch(toUrl(endpoint, options), toInit(options, signal));
        const headers = Object.fromEntries(response.headers);
        const body = options['asStream'] === true ? (response.body ?? '') : await readBody(response);
        return { body, headers, status: response.status };
      } catch (error) {
        throw toProviderError('gitlab', error, call?.signal ?? signal);
      }
    },
  );
}

function toUrl(endpoint: string, { prefixUrl, searchParams }: Record<string, unknown>): URL {
  const url = new URL(endpoint, typeof prefixUrl === 'string' ? prefixUrl : undefined);
  if (typeof searchParams === 'string') url.search = searchParams;
  return url;
}

function toInit(
  { method, headers, body }: Record<string, unknown>,
  signal: AbortSignal | undefined,
): RequestInit {
  return {
    method: typeof method === 'string' ? method : 'GET',
    headers: typeof headers === 'object' ? { ...headers } : {},
    body: typeof body === 'string' || body instanceof FormData ? body : null,
    signal: signal ?? null,
  };
}

/** As Gitbeaker reads bodies: JSON, text, else binary; nothing stands for an empty object where JSON is announced. */
async function readBody(response: Response): Promise<Body> {
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  if (response.status === 204) return null;
  if (type.trim() === 'application/json') {
    const value: unknown = await response.json();
    return isBody(value) ? value : {};
  }
  return type.startsWith('text/') ? response.text() : response.blob();
}

function isBody(value: unknown): value is Exclude<Body, null | undefined> {
  return value !== null && value !== undefined;
}
