import type { CallOptions } from './calls.js';
import type { OAuthCredential } from './credentials.js';

/**
 * The authorization-code flow. `transaction` is opaque (PKCE verifier, issuer, nonce): keep it secret, on the
 * server, and use it once.
 */
export interface OAuthFlow {
  start(
    request: OAuthStart,
    options?: CallOptions,
  ): Promise<{ readonly url: string; readonly transaction: string }>;
  /**
   * Reads the forge's answer and exchanges the code.
   *
   * @throws ProviderError `access_denied`, `client_rejected`, `redirect_rejected` or `grant_expired`.
   */
  finish(response: OAuthFinish, options?: CallOptions): Promise<OAuthCredential>;
  /**
   * Asks for a new token set, exactly once: a lost answer is never asked for again.
   *
   * @throws ProviderError `grant_expired` when the person must sign in anew.
   */
  refresh(credential: OAuthCredential, options?: CallOptions): Promise<OAuthCredential>;
  /** Ends this token set on the forge, never everybody's grant. */
  revoke?(credential: OAuthCredential, options?: CallOptions): Promise<void>;
  /** Are the client id and secret accepted? Without a person. */
  checkClient?(options?: CallOptions): Promise<'accepted' | 'rejected' | 'unknown'>;
  readonly device?: DeviceFlow | undefined;
}

export interface OAuthStart {
  readonly redirectUri: string;
  readonly state: string;
  /** Absent: what the adapter needs. */
  readonly scopes?: readonly string[] | undefined;
  /** Ask the forge to let the person choose the account, where it can. */
  readonly selectAccount?: boolean | undefined;
}

export interface OAuthFinish {
  /** The whole address that the forge sent the person back to. */
  readonly callbackUrl: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly transaction: string;
}

export interface DeviceFlow {
  start(options?: CallOptions): Promise<{
    readonly userCode: string;
    readonly verificationUrl: string;
    readonly expiresAt: Date;
    readonly intervalMs: number;
    readonly transaction: string;
  }>;
  /**
   * One poll, so that any replica can drive it. The next one is due after the longest `intervalMs` told so far: a forge
   * that says to slow down means all polls from then on.
   *
   * @throws ProviderError `access_denied` when the person refuses, `grant_expired` when the code has run out.
   */
  poll(
    transaction: string,
    options?: CallOptions,
  ): Promise<
    | { readonly status: 'pending'; readonly intervalMs: number }
    | { readonly status: 'done'; readonly credential: OAuthCredential }
  >;
}
