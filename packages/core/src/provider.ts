import type { CallOptions } from './calls.js';
import type { Credential, CredentialSource, GitCredential } from './credentials.js';
import type {
  AccountPermission,
  Identity,
  Organization,
  Repository,
  RepositoryQuery,
  RepositoryRef,
} from './model.js';
import type { OAuthFlow } from './oauth.js';
import type { Paged } from './paging.js';

/** One forge at one address, signed in to by nobody yet. An adapter may name its own type of session. */
export interface GitProvider<Session extends GitSession = GitSession> {
  /** The plugin's type. */
  readonly type: string;
  readonly webUrl: string;
  /** Where its repositories are cloned from: scheme, host and path prefix. */
  readonly gitUrls: readonly string[];
  /** Absent: the configuration names no OAuth application, or the forge has no such flow. */
  readonly oauth?: OAuthFlow | undefined;
  /**
   * Asks without a credential: is it that forge, which version, where is its API.
   *
   * @throws ProviderError `network`, `timeout`, `blocked_address` when it cannot be reached, `invalid_response`
   * when something else answers there.
   */
  probe(options?: CallOptions): Promise<ProbeResult>;
  /**
   * Opens a session without any I/O; `identity()` tells whether the credential is good.
   *
   * @param options `key` names the account whose rate budget and cached answers are shared across sessions and
   * rotations. Without it a session shares them with nobody.
   */
  signIn(
    credentials: Credential | CredentialSource,
    options?: { readonly key?: string | undefined },
  ): Session;
}

export interface ProbeResult {
  readonly product: string;
  readonly version?: string | undefined;
  readonly apiUrl: string;
}

/**
 * A provider seen through one account. An adapter's own session type may add its SDK, on the same transport, as
 * the way out for what this lacks.
 *
 * Every method may throw a `ProviderError` of kind `unauthenticated`, `rate_limited`, `unavailable`, `timeout`,
 * `network`, `blocked_address` or `invalid_response`.
 */
export interface GitSession {
  identity(options?: CallOptions): Promise<Identity>;
  /** @throws ProviderError `insufficient_scope` when the credential may not list organizations. */
  organizations(options?: CallOptions): Paged<Organization>;
  /** The repositories that the account's own permissions reach: owned, collaborated on, or through organizations. */
  repositories(query?: RepositoryQuery, options?: CallOptions): Paged<Repository>;
  /** @throws ProviderError `not_found` when it does not exist or the account may not know of it. */
  repository(reference: RepositoryRef, options?: CallOptions): Promise<Repository>;
  /** Everyone's permission, as far as the account may know. @throws ProviderError `forbidden` when it may not. */
  permissions(repository: RepositoryRef, options?: CallOptions): Paged<AccountPermission>;
  /** @param options `validForMs`: how long git will need it. */
  gitCredential(options?: CallOptions & { readonly validForMs?: number | undefined }): Promise<GitCredential>;
}
