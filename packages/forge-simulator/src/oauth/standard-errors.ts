import type { OAuthErrorAnswer, OAuthProblem } from './rules.js';

/**
 * How the standards say it.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * @see https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1
 * @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5
 */
export const standardErrors: Readonly<Record<OAuthProblem, OAuthErrorAnswer>> = {
  'access-denied': { status: 400, error: 'access_denied' },
  'unsupported-response-type': { status: 400, error: 'unsupported_response_type' },
  'missing-response-type': { status: 400, error: 'invalid_request' },
  'invalid-scope': { status: 400, error: 'invalid_scope' },
  'invalid-challenge': { status: 400, error: 'invalid_request' },
  'missing-challenge': { status: 400, error: 'invalid_request' },
  'other-scopes': { status: 400, error: 'invalid_scope' },
  'unregistered-redirect-uri': { status: 400, error: 'invalid_request' },
  'missing-parameter': { status: 400, error: 'invalid_request' },
  'unsupported-grant-type': { status: 400, error: 'unsupported_grant_type' },
  'bad-client': { status: 401, error: 'invalid_client' },
  'unknown-client': { status: 401, error: 'invalid_client' },
  'bad-code': { status: 400, error: 'invalid_grant' },
  'bad-verifier': { status: 400, error: 'invalid_grant' },
  'redirect-uri-mismatch': { status: 400, error: 'invalid_grant' },
  'bad-refresh-token': { status: 400, error: 'invalid_grant' },
  'foreign-redirect-uri': { status: 400, error: 'invalid_grant' },
  'foreign-refresh-token': { status: 400, error: 'invalid_grant' },
  'spent-refresh-token': { status: 400, error: 'invalid_grant' },
  'ended-grant': { status: 400, error: 'invalid_grant' },
  'revoking-client-unknown': { status: 401, error: 'invalid_client' },
  'revoking-not-own': { status: 400, error: 'invalid_grant' },
  'device-disabled': { status: 400, error: 'unauthorized_client' },
  'device-unknown': { status: 400, error: 'invalid_grant' },
  'device-pending': { status: 400, error: 'authorization_pending' },
  'device-slow-down': { status: 400, error: 'slow_down' },
  'device-expired': { status: 400, error: 'expired_token' },
  'device-denied': { status: 400, error: 'access_denied' },
};

/** What a problem is a kind of, for forges that do not tell the two apart. */
export const widerProblems: Partial<Readonly<Record<OAuthProblem, OAuthProblem>>> = {
  'unknown-client': 'bad-client',
  'foreign-redirect-uri': 'redirect-uri-mismatch',
  'foreign-refresh-token': 'bad-refresh-token',
  'spent-refresh-token': 'bad-refresh-token',
  'ended-grant': 'bad-refresh-token',
};
