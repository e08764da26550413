import type { SyncErrorKind } from '../store/schema.js';

/** What a failed sync tells of a git provider: its own words may name people, organizations and repositories. */
export const failureWords: Readonly<Record<SyncErrorKind, string>> = {
  unauthenticated: 'A sign-in was not accepted any more: it was revoked, or it has expired.',
  forbidden: 'An account was not allowed to list its repositories.',
  insufficient_scope: 'A sign-in lacked a scope that the listing needs.',
  sso_required: 'An organization demanded single sign-on.',
  organization_restricted: 'An organization did not admit the application.',
  not_found: 'Something that the listing needs was not found at the address.',
  rate_limited: 'The rate limit was used up.',
  endpoint_removed:
    'The forge has removed something that the listing needs. Look for a newer version of anyforge.',
  invalid_request: 'The forge did not understand what it was asked.',
  invalid_config: 'The settings of this git provider are not complete, or not right.',
  invalid_response:
    'The answer was not that of such a forge. Something in between may have answered in its place.',
  access_denied: 'Access was denied.',
  client_rejected: 'The OAuth application was not accepted: its id or secret is not right any more.',
  redirect_rejected: 'The OAuth application does not know the redirect address of this server.',
  grant_expired: 'A sign-in was not good for this git provider any more; the person has to sign in again.',
  unavailable: 'The forge answered that it is out of order.',
  timeout: 'The forge did not answer in time.',
  network: 'The forge could not be reached.',
  blocked_address: 'The address is not among those that this server may reach.',
  unsupported: 'The forge does not offer what the listing needs.',
  internal: 'Something went wrong inside anyforge. Its log says more.',
};
