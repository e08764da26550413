export type { AddressKind, AddressSettings } from './addresses.js';
export { BlockedAddressError } from './blocked-address.js';
export type { GuardedFetchOptions } from './guarded-fetch.js';
export { createGuardedFetch } from './guarded-fetch.js';
export type { Lookup } from './guarded-lookup.js';
export type { ProxySettings } from './proxy-settings.js';
