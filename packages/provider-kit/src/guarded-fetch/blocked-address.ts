import type { AddressKind } from './addresses.js';

/** By which a blocked address is recognized through the errors that libraries wrap around it. */
export const blockedAddressCode = 'ANYFORGE_BLOCKED_ADDRESS';

/** A host is at no address that may be connected to. Says of which kind it is, never which address it has. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';
  readonly code = blockedAddressCode;

  constructor(host: string, kinds: readonly AddressKind[]) {
    super(`${host} is at no address that may be reached (${[...new Set(kinds)].join(', ')})`);
  }
}
