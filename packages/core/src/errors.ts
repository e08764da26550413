/**
 * Why a call failed. A closed set; consumers treat a kind that they do not know as `unavailable`.
 *
 * - The account: `unauthenticated`, `forbidden`, `insufficient_scope`, `sso_required`, `organization_restricted`
 * - What was asked: `not_found`, `rate_limited`, `endpoint_removed`, `invalid_request`, `unsupported`
 * - What is configured: `invalid_config`, `blocked_address`
 * - The OAuth flow: `access_denied`, `client_rejected`, `redirect_rejected`, `grant_expired`
 * - The way to the forge, and its answer: `unavailable`, `timeout`, `network`, `invalid_response`
 */
export type ErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'insufficient_scope'
  | 'sso_required'
  | 'organization_restricted'
  | 'not_found'
  | 'rate_limited'
  | 'endpoint_removed'
  | 'invalid_request'
  | 'invalid_config'
  | 'invalid_response'
  | 'access_denied'
  | 'client_rejected'
  | 'redirect_rejected'
  | 'grant_expired'
  | 'unavailable'
  | 'timeout'
  | 'network'
  | 'blocked_address'
  | 'unsupported';

/** What to do about a kind of error. */
export interface ErrorPolicy {
  /** Whether the same call may succeed later without anyone doing anything. */
  readonly retryable: boolean;
  /** The HTTP status with which a server of ours tells of it. */
  readonly status: number;
}

/** The policy of every kind. */
export const errorPolicies: Readonly<Record<ErrorKind, ErrorPolicy>> = {
  // Not 401: to the client of a server of ours that would mean that its own session has ended.
  unauthenticated: { retryable: false, status: 422 },
  forbidden: { retryable: false, status: 403 },
  insufficient_scope: { retryable: false, status: 403 },
  sso_required: { retryable: false, status: 403 },
  organization_restricted: { retryable: false, status: 403 },
  not_found: { retryable: false, status: 404 },
  rate_limited: { retryable: true, status: 429 },
  endpoint_removed: { retryable: false, status: 502 },
  invalid_request: { retryable: false, status: 400 },
  invalid_config: { retryable: false, status: 422 },
  invalid_response: { retryable: false, status: 502 },
  access_denied: { retryable: false, status: 403 },
  client_rejected: { retryable: false, status: 422 },
  redirect_rejected: { retryable: false, status: 422 },
  grant_expired: { retryable: false, status: 422 },
  unavailable: { retryable: true, status: 503 },
  timeout: { retryable: true, status: 504 },
  network: { retryable: true, status: 502 },
  blocked_address: { retryable: false, status: 422 },
  unsupported: { retryable: false, status: 501 },
};

/** The policy of a kind; of `unavailable` for a kind that this version does not know. */
export function errorPolicy(kind: string): ErrorPolicy {
  const byName: Readonly<Record<string, ErrorPolicy>> = errorPolicies;
  return (Object.hasOwn(byName, kind) ? byName[kind] : undefined) ?? errorPolicies.unavailable;
}

export interface ProviderErrorDetails {
  /** The type of the plugin whose call failed. */
  readonly provider: string;
  /** The forge's HTTP status, where it answered. */
  readonly status?: number | undefined;
  /** False: the request has certainly not reached the forge, so that nothing came of it. Absent: nobody knows. */
  readonly reached?: false | undefined;
  readonly requestId?: string | undefined;
  readonly retryAt?: Date | undefined;
  /** What the person can do, and where. */
  readonly repair?: { readonly text: string; readonly url?: string | undefined } | undefined;
  /** For a debugger only: not enumerable, so that no log, inspection or JSON shows what a library put into it. */
  readonly cause?: unknown;
}

const brand: unique symbol = Symbol.for('anyforge.ProviderError');

/** The one class of error that calls to a forge throw. Its text and details never carry a secret. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ErrorKind;
  readonly details: ProviderErrorDetails;
  declare readonly [brand]: true;

  static {
    // On the prototype, where no inspection shows it.
    Object.defineProperty(this.prototype, brand, { value: true });
  }

  constructor(kind: ErrorKind, message: string, details: ProviderErrorDetails) {
    super(message);
    const { cause, ...shown } = details;
    this.kind = kind;
    this.details = Object.freeze(
      cause === undefined
        ? shown
        : Object.defineProperty(shown, 'cause', { value: cause, enumerable: false }),
    );
  }

  get retryable(): boolean {
    return errorPolicy(this.kind).retryable;
  }

  toJSON(): object {
    return { name: this.name, kind: this.kind, message: this.message, details: this.details };
  }

  /** By brand, not `instanceof`: true across two copies of this package. */
  static is(error: unknown): error is ProviderError {
    return typeof error === 'object' && error !== null && brand in error;
  }
}
