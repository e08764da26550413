import type { ErrorKind } from '@anyforge/core';

/**
 * How one forge at one address does OAuth 2.0, as data. An adapter's `oauth.ts` is mostly one of these, made from its
 * addresses.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749
 */
export interface OAuthDescription {
  /** Names the authorization server: what `iss` is compared with, and what binds a transaction to this forge. */
  readonly issuer: string;
  /**
   * What to do with the `iss` of a callback. `ignored` is for forges that are not known to send one: what they might
   * put there is not known either, and to refuse it would end every sign-in on the day that they begin.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9207
   */
  readonly iss: 'ignored' | 'checked-when-sent' | 'required';
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  /** Whether a code verifier is sent (S256 only). */
  readonly pkce: boolean;
  /** How a client with a secret proves itself. One without sends its id in the body, either way. */
  readonly clientAuthentication: 'basic' | 'post';
  /** Asked for when nobody asks for others. None: the parameter is left out, the application's own settings decide. */
  readonly scopes: readonly string[];
  /** Between the scopes that are asked for. A space by default. */
  readonly scopeSeparator?: string | undefined;
  /** Further parameters of every authorization request. */
  readonly authorizationParameters?: Readonly<Record<string, string>> | undefined;
  /** Those that have the forge let the person choose the account. */
  readonly selectAccountParameters?: Readonly<Record<string, string>> | undefined;
  /** Whether the forge wants the redirect URI of the sign-in again at every refresh. */
  readonly redirectUriAtRefresh: boolean;
  /**
   * Reads what was granted from an answer with tokens. By default its `scope`, split at spaces and commas; undefined
   * stands for "as asked for", as OAuth has it, `untold` for a token that has no scopes or whose scopes nobody tells.
   */
  readonly readScopes?: ((answer: TokenAnswer) => readonly string[] | 'untold' | undefined) | undefined;
  /** The forge's own error codes, before those of the standards. */
  readonly errors: readonly OAuthErrorRow[];
  /** Absent: the forge cannot end a token set. */
  readonly revocation?: OAuthRevocation | undefined;
  /** Absent: whether the client is accepted cannot be told without a person. */
  readonly clientCheck?: OAuthClientCheck | undefined;
  /** Where the device flow begins. Absent: the forge has none. @see https://www.rfc-editor.org/rfc/rfc8628 */
  readonly deviceAuthorizationUrl?: string | undefined;
}

/** The parsed body of an answer that has an access token. */
export type TokenAnswer = Readonly<Record<string, unknown>> & { readonly access_token: string };

/** One error code of a forge, in a callback or in the body of an answer. */
export interface OAuthErrorRow {
  readonly code: string | readonly string[];
  /** Present, and matching the forge's `error_description`: one code, several meanings. */
  readonly description?: RegExp | undefined;
  readonly kind: ErrorKind;
  /** What the person, or the administrator, can do. By default the kind's own. */
  readonly repair?: string | undefined;
  /** Where the vendor, or somebody who measured it, says so. */
  readonly see: string;
}

/** An OAuth application, as its owner registered it. */
export interface OAuthClient {
  readonly clientId: string;
  /** Absent for a public client. */
  readonly clientSecret?: string | undefined;
}

/** A request of the forge's own making; it is answered by a status alone. */
export interface OAuthRequest {
  readonly method: 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a token set is ended: the one it is, never the person's whole grant. */
export type OAuthRevocation =
  | {
      /** @see https://www.rfc-editor.org/rfc/rfc7009 */
      readonly style: 'standard';
      readonly url: string;
    }
  | {
      readonly style: 'own';
      /** Ends the token set that an access token belongs to. */
      readonly request: (client: OAuthClient, accessToken: string) => OAuthRequest;
      /** What statuses of 400 and above mean: `not-valid` is for an access token that is none any more. Others are failures. */
      readonly statuses: Readonly<Record<number, 'not-valid' | ErrorKind>>;
      readonly see: string;
    };

/** How to tell whether the forge accepts the client. */
export type OAuthClientCheck =
  /** A refresh with a token that nobody has: for a forge that looks at the client first. */
  | { readonly style: 'refresh' }
  /** The exchange of a code that nobody has, likewise. */
  | {
      readonly style: 'code';
      /** For a forge that answers nothing else before an exchange has one; which one does not matter. */
      readonly redirectUri?: string | undefined;
    }
  | {
      readonly style: 'own';
      readonly request: (client: OAuthClient) => OAuthRequest;
      /** Statuses that tell. Any other: `unknown`. */
      readonly statuses: Readonly<Record<number, 'accepted' | 'rejected'>>;
      readonly see: string;
    };
