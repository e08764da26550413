export type { TimedBudget } from './budgets.js';
export { isCurrentBudget, reserveOf, supersedesBudget } from './budgets.js';
export type { CallEvent, CallOptions, RateBudget } from './calls.js';
export type {
  BudgetStore,
  CachedResponse,
  Clock,
  Logger,
  ProviderContext,
  ResponseCache,
} from './context.js';
export type {
  Credential,
  CredentialSource,
  GitCredential,
  OAuthCredential,
  TokenCredential,
} from './credentials.js';
export type { ErrorKind, ErrorPolicy, ProviderErrorDetails } from './errors.js';
export { errorPolicies, errorPolicy, ProviderError } from './errors.js';
export type {
  Account,
  AccountPermission,
  Identity,
  Organization,
  OrganizationRef,
  Repository,
  RepositoryQuery,
  RepositoryRef,
} from './model.js';
export type { DeviceFlow, OAuthFinish, OAuthFlow, OAuthStart } from './oauth.js';
export type { Omission, Page, Paged } from './paging.js';
export { paged } from './paging.js';
export type { PathFilter } from './patterns.js';
export { createPathFilter } from './patterns.js';
export type { Permission, PermissionLevel } from './permissions.js';
export { atLeast, compareLevels, highestLevel, permissionLevels } from './permissions.js';
export type { OAuthHelp, ProviderPlugin, TokenHelp } from './plugin.js';
export { definePlugin } from './plugin.js';
export type { GitProvider, GitSession, ProbeResult } from './provider.js';
export type { SchemaIssue, SchemaResult, StandardSchema } from './schema.js';
export { checkSchema, parseConfig } from './schema.js';
