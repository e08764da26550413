import type { SecretShape } from '../secret-text.js';
import type { IssuedTokens } from './grants.js';

/** What can be wrong with a request, whatever the forge calls it. */
export type OAuthProblem =
  // told to the browser, at the redirect address
  | 'access-denied'
  | 'unsupported-response-type'
  | 'missing-response-type'
  | 'invalid-scope'
  | 'invalid-challenge'
  | 'missing-challenge'
  | 'other-scopes'
  | 'unregistered-redirect-uri'
  // told to the program, at the token endpoint
  | 'missing-parameter'
  | 'unsupported-grant-type'
  | 'bad-client'
  | 'unknown-client'
  | 'bad-code'
  | 'bad-verifier'
  | 'redirect-uri-mismatch'
  | 'foreign-redirect-uri'
  | 'bad-refresh-token'
  | 'spent-refresh-token'
  | 'foreign-refresh-token'
  | 'ended-grant'
  | 'revoking-client-unknown'
  | 'revoking-not-own'
  | 'device-disabled'
  | 'device-unknown'
  | 'device-pending'
  | 'device-slow-down'
  | 'device-expired'
  | 'device-denied';

/** The fields of an answer, in order; those that are undefined are left out. */
export type OAuthFields = Readonly<Record<string, string | number | undefined>>;

/** How a forge says that something is wrong. */
export interface OAuthErrorAnswer {
  /** Of the token endpoint's answer; what is told to a browser has none of its own. */
  readonly status: number;
  readonly error: string;
  readonly description?: string | undefined;
  /** The value of `error_uri`. */
  readonly uri?: string | undefined;
}

/** Where the endpoints are, below the surface's root, as `SimulatedRequest.path` tells it. */
export interface OAuthPaths {
  readonly authorize: string;
  readonly token: string;
  readonly revoke?: string | undefined;
  /** Where a device asks for its codes. */
  readonly device?: string | undefined;
  /** Where its person goes with one of them. */
  readonly deviceVerification?: string | undefined;
}

/** A kind of application that people register with the forge. */
export interface ClientKind {
  readonly clientId: SecretShape;
  readonly clientSecret: SecretShape;
  /** How long access tokens live; absent where they do not expire. */
  readonly accessTokenSeconds?: number | undefined;
  /** Absent where there are no refresh tokens. */
  readonly refreshToken?: SecretShape | undefined;
  /** How long an unused refresh token lives; absent where the forge names no end. */
  readonly refreshTokenSeconds?: number | undefined;
  /** Which scopes a grant has: those asked for, all that are registered whatever was asked, or none at all. */
  readonly scopes: 'asked' | 'registered' | 'none';
}

/** What becomes of a parameter: it must be there, must be right when it is there, or is not looked at. */
export type ParameterRule = 'required' | 'when-given' | 'ignored';

export interface AuthorizationRules {
  /** Whether `response_type=code` must be said. */
  readonly responseType: 'required' | 'optional';
  /** Without one, the first that is registered is used where it is optional. */
  readonly redirectUri: 'required' | 'optional';
  /** How it is compared with those registered: equal, or at or below one of them: on the same host, or one of its sub-domains. */
  readonly registered: 'exact' | 'below' | 'below-or-sub-domain';
  /** Where it is said that it is not registered: on a page, or at the address that is. */
  readonly unregistered: 'page' | 'redirect';
  /** Of the page for a client that the forge does not know. */
  readonly unknownClientStatus: number;
  /** What separates scopes in a request. */
  readonly scopeSeparator: RegExp;
  /** What a request without `scope` asks for; those registered when not given. */
  readonly defaultScopes?: readonly string[] | undefined;
  /** The query parameter that names who should sign in, to choose that person on the page. */
  readonly loginParameter?: string | undefined;
  /** Understood values of `code_challenge_method`; none where the server does not know PKCE and ignores it. */
  readonly challengeMethods: readonly ('S256' | 'plain')[];
  /** Whether a client without a secret may ask without a challenge; it may when not given. */
  readonly challengeOfPublicClients?: 'required' | 'optional' | undefined;
  /**
   * What a client gets whom somebody has let in before; `asked` when not given: what it asks for. `first`: what it asked
   * for at first, with no page shown again once it has a secret; one without is refused anything else.
   */
  readonly laterScopes?: 'asked' | 'first' | undefined;
  readonly codeSeconds: number;
  readonly code: SecretShape;
  /**
   * What follows the web address in the issuer that answers name (RFC 9207): `''` where it is that address alone.
   * Absent: they name none.
   */
  readonly issuerPath?: string | undefined;
}

export interface TokenRules {
  /** What is looked at first: who asks, or whether its request is whole and its refresh token one that works. */
  readonly checksFirst: 'client' | 'request';
  /** Whether parameters may come as JSON, too. */
  readonly acceptsJson: boolean;
  /** How a client that has a secret may present it. */
  readonly clientAuthentication: readonly ('basic' | 'post')[];
  /** Without `grant_type`, whether it is a code's. */
  readonly grantType: 'required' | 'optional';
  /** Compared with the one that was sent to the authorization page. */
  readonly redirectUri: ParameterRule;
  readonly redirectUriAtRefresh: ParameterRule;
  /** What becomes of a `code_verifier` with a code that was asked for without a challenge. */
  readonly unaskedVerifier: 'refused' | 'ignored';
  /** `form`: answers are form-encoded unless the request accepts JSON. */
  readonly answers: 'json' | 'form';
  /** Of answers in JSON; with a blank before the character set when not given. */
  readonly contentType?: string | undefined;
  readonly fields: (issued: IssuedTokens) => OAuthFields;
}

export interface RotationRules {
  /** How long a refresh token still works after it was used once; Infinity where it stays the same. */
  readonly oldRefreshTokenSeconds: number;
  /** Whether a refresh ends the access token before it. */
  readonly oldAccessToken: 'ends' | 'lives-on';
  /** Whether of all refresh tokens that a person's sign-ins to one client gave, the newest alone works. */
  readonly oneForAllSignIns?: boolean | undefined;
}

export interface DeviceRules {
  /** Whether a client that has a secret may leave it out: here, when polling, and at refreshes of what it was given. */
  readonly withoutSecret: boolean;
  readonly seconds: number;
  readonly intervalSeconds: number;
  /** How much longer the interval becomes when a device asks too soon. */
  readonly slowDownSeconds: number;
  readonly deviceCode: SecretShape;
  /** Whether the answer has `verification_uri_complete`. */
  readonly completeUri: boolean;
}

/** How one forge's authorization server behaves. */
export interface OAuthRules {
  /** As pages name it: 'GitHub'. */
  readonly forge: string;
  readonly paths: OAuthPaths;
  readonly kinds: Readonly<Record<string, ClientKind>>;
  readonly authorization: AuthorizationRules;
  readonly token: TokenRules;
  readonly rotation: RotationRules;
  /** Present where `paths.device` is. */
  readonly device?: DeviceRules | undefined;
  /** Where this forge says something otherwise than the standards do, by what was sent if need be. */
  readonly errors: Partial<
    Readonly<Record<OAuthProblem, OAuthErrorAnswer | ((sent: URLSearchParams) => OAuthErrorAnswer)>>
  >;
}
