import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isErrorLike } from '../error-like.js';
import type { AddressSettings } from './addresses.js';
import { addressKind, isAllowed } from './addresses.js';
import { BlockedAddressError } from './blocked-address.js';

/** Resolves a name to all its addresses, as `dns.promises.lookup` with `all` does. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
) => Promise<readonly LookupAddress[]>;

/**
 * A lookup for sockets that gives only allowed addresses. The socket connects to what it is given here and asks
 * nobody again, so a name that changes its mind afterwards changes nothing.
 */
export function guardLookup(lookup: Lookup, settings: AddressSettings): LookupFunction {
  const resolve = async (hostname: string, options: LookupOptions): Promise<readonly LookupAddress[]> => {
    const addresses = await lookup(hostname, { ...options, all: true });
    const kinds = addresses.map(({ address }) => addressKind(address));
    const allowed = addresses.filter(({ address }) => isAllowed(addressKind(address), settings));
    if (allowed.length === 0) throw new BlockedAddressError(hostname, kinds);
    return allowed;
  };
  return (hostname, options, callback) => {
    resolve(hostname, options).then(
      (allowed) => {
        const [first] = allowed;
        if (options.all === true) callback(null, [...allowed]);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: unknown) => {
        callback(isErrorLike(error) ? error : new Error('The lookup failed.'), '', 0);
      },
    );
  };
}

/**
 * Checks a name that somebody else is going to resolve, and who knows to which of its addresses they connect.
 *
 * @throws BlockedAddressError unless every address is allowed
 */
export async function checkName(lookup: Lookup, settings: AddressSettings, hostname: string): Promise<void> {
  const addresses = await lookup(hostname, { all: true });
  const kinds = addresses.map(({ address }) => addressKind(address));
  const blocked = kinds.filter((kind) => !isAllowed(kind, settings));
  if (addresses.length === 0 || blocked.length > 0) throw new BlockedAddressError(hostname, blocked);
}
