import type { CallOptions } from './calls.js';

export type TokenCredential = {
  readonly kind: 'token';
  readonly token: string;
  /** Needed by forges that take it beside the token: Bitbucket Cloud's Atlassian e-mail. */
  readonly username?: string | undefined;
};

export type OAuthCredential = {
  readonly kind: 'oauth';
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  readonly expiresAt?: Date | undefined;
  readonly refreshTokenExpiresAt?: Date | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** Some forges want it again at every refresh. */
  readonly redirectUri?: string | undefined;
};

export type Credential = TokenCredential | OAuthCredential;

/** Adapters never keep a credential; they ask for the current one, so rotation needs no rebuild. */
export interface CredentialSource {
  /** Of the credentials that it gives, where that is known beforehand: some forges count OAuth requests per application. */
  readonly kind?: Credential['kind'] | undefined;
  /** @param options `validForMs`: how long the credential should still be valid for, where that can be known. */
  get(options?: CallOptions & { readonly validForMs?: number | undefined }): Promise<Credential>;
  /**
   * Resolves with the stored credential if it already differs from `rejected`, else after exactly one refresh.
   *
   * @throws ProviderError `unauthenticated` when renewal is definitely refused; any other failure is transient.
   */
  renew?(rejected: Credential, options?: CallOptions): Promise<Credential>;
}

/** For git over HTTPS. */
export type GitCredential =
  | {
      readonly kind: 'basic';
      readonly username: string;
      readonly password: string;
      readonly expiresAt?: Date | undefined;
    }
  | { readonly kind: 'bearer'; readonly token: string; readonly expiresAt?: Date | undefined };
