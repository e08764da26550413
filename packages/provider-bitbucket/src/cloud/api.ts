import type { CallOptions } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import type { BitbucketAnswer, BitbucketClient } from './client.js';
import { createClient } from './client.js';
import type { BitbucketHost } from './host.js';

/** Bitbucket's API as one account sees it. */
export interface Api extends BitbucketHost {
  readonly client: BitbucketClient;
  /** @param address a path below the API's address, or a whole address that Bitbucket gave */
  get(address: string, call?: CallOptions): Promise<BitbucketAnswer>;
  /** The whole address of what `get` takes. */
  urlOf(address: string): string;
}

export function createApi(host: BitbucketHost, transport: Transport): Api {
  const client = createClient(host, transport);
  const urlOf = (address: string): string => (address.startsWith('/') ? `${host.apiUrl}${address}` : address);
  return {
    ...host,
    client,
    urlOf,
    get: (address, call = {}) =>
      client.request(`GET ${asLiteral(urlOf(address))}`, {
        request: { fetch: transport.fetch(call), ...(call.signal && { signal: call.signal }) },
      }),
  };
}

/** The SDK takes `{name}` for a placeholder. */
function asLiteral(url: string): string {
  return url.replace(/[{}]/g, encodeURIComponent);
}
