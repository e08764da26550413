import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';
import type { AddressSettings } from './addresses.js';
import { addressKind, isAllowed } from './addresses.js';
import { BlockedAddressError } from './blocked-address.js';
import type { Lookup } from './guarded-lookup.js';
import { guardLookup } from './guarded-lookup.js';

export interface GuardedFetchOptions {
  readonly addresses: AddressSettings;
  /** The system's resolver by default. */
  readonly lookup?: Lookup | undefined;
}

/**
 * Makes a `fetch` with a pool of connections of its own that checks every address it connects to: those a name
 * resolves to, and those written as digits in whatever notation. It rejects with a `TypeError` whose cause is a
 * `BlockedAddressError` when nothing is left to connect to. It reads no proxy from the environment, and sends
 * bodies whole.
 */
export function createGuardedFetch(options: GuardedFetchOptions): typeof globalThis.fetch {
  const { addresses, lookup = systemLookup } = options;
  const connectTo = buildConnector({ lookup: guardLookup(lookup, addresses) });
  const dispatcher = new Agent({
    connect(target, callback) {
      // An address in digits never reaches the lookup.
      const host = target.hostname.replace(/^\[|\]$/g, '');
      const kind = isIP(host) === 0 ? undefined : addressKind(host);
      if (kind === undefined || isAllowed(kind, addresses)) connectTo(target, callback);
      else callback(new BlockedAddressError(host, [kind]), null);
    },
  });
  return async (input, init) => {
    // The runtime's classes are strangers to the library: only plain values cross over.
    const request = new Request(input, init);
    const { url, method, redirect } = request;
    const body = request.body === null ? null : await request.arrayBuffer();
    const signal = init?.signal ?? request.signal;
    return fetch(url, { method, headers: [...request.headers], body, redirect, signal, dispatcher });
  };
}
