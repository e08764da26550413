import type { AddressKind } from './addresses.js';

/** By which a blocked address is recognized through the errors that libraries wrap around it. */
export const blockedAddressCode = 'ANYFORGE_BLOCKED_ADDRESS';
/** The same where no setting can allow the address. */
export const forbiddenAddressCode = 'ANYFORGE_FORBIDDEN_ADDRESS';

/** A host is at no address that may be connected to. Says of which kind it is, never which address it has. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';
  readonly code: string;

  constructor(host: string, kinds: readonly AddressKind[]) {
    super(`${host} is at no address that may be reached (${[...new Set(kinds)].join(', ')})`);
    this.code = kinds.every((kind) => kind === 'forbidden') ? forbiddenAddressCode : blockedAddressCode;
  }
}
