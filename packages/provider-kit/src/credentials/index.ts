export type {
  ClaimAnswer,
  CredentialClaim,
  CredentialStore,
  RefreshOutcome,
  StoredCredential,
} from './credential-store.js';
export type { CredentialRenewal, CredentialRenewalOptions } from './credential-renewal.js';
export { createCredentialRenewal } from './credential-renewal.js';
export type { MemoryCredentialStore, MemoryCredentialStoreOptions } from './memory-credential-store.js';
export { createMemoryCredentialStore } from './memory-credential-store.js';
export type { RenewableCredentialOptions } from './renewable-credential.js';
export { createRenewableCredential } from './renewable-credential.js';
