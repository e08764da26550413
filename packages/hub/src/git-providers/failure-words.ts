import type { SyncErrorKind } from '../store/schema.js';

/**
 * What a failed sync tells of a git provider, and what an administrator can do about it. The failure's own words may name
 * people, organizations and repositories.
 */
export const failureWords: Readonly<Record<SyncErrorKind, (gitProvider: string) => string>> = {
  unauthenticated: (name) =>
    `${name} no longer accepted somebody's sign-in: it has expired, or was revoked. That person is asked to sign in again.`,
  forbidden: (name) =>
    `${name} did not let somebody list their repositories. That person sees why under Sync, and what to do.`,
  insufficient_scope: (name) =>
    `Somebody's sign-in to ${name} lacks a scope. If it came through OAuth, look at the scopes of the OAuth application.`,
  sso_required: (name) =>
    `An organization on ${name} asks somebody for its single sign-on first. That person sees a link to it under Sync.`,
  organization_restricted: (name) =>
    `An organization on ${name} does not let somebody's sign-in in. Ask its owners to approve the application, or this server's address.`,
  not_found: (name) =>
    `Something that a sync needs was not found at the address of ${name}. Check the address.`,
  rate_limited: (name) =>
    `${name} had enough requests for a while. The next sync goes on when it allows more.`,
  endpoint_removed: (name) =>
    `${name} no longer offers something that a sync needs. Look for a newer version of anyforge.`,
  invalid_request: (name) =>
    `${name} did not accept a request. If that goes on, look for a newer version of anyforge.`,
  invalid_config: (name) =>
    `The settings of ${name} are not complete, or not right. Open them and run the test.`,
  invalid_response: (name) =>
    `What answered was not ${name}. Check its address, and whether a proxy answers in its place.`,
  access_denied: (name) => `${name} denied somebody access. That person sees why under Sync.`,
  client_rejected: (name) =>
    `${name} did not accept the OAuth application. Open its settings and check the id and the secret.`,
  redirect_rejected: (name) =>
    `The OAuth application on ${name} has another redirect URL than this server. Open the settings: they show the right one.`,
  grant_expired: (name) => `Somebody's sign-in to ${name} has ended. That person is asked to sign in again.`,
  unavailable: (name) => `${name} was out of order. If that goes on, ask whoever runs it.`,
  timeout: (name) => `${name} did not answer in time. If that goes on, run the test in its settings.`,
  network: (name) => `${name} could not be reached. If that goes on, run the test in its settings.`,
  blocked_address: (name) =>
    `${name} is at an address that this server may not connect to. The setting ALLOW_ADDRESSES says which ones it may.`,
  unsupported: (name) => `${name} lacks something that a sync needs. It may be too old.`,
  internal: () => 'Something went wrong inside anyforge. Its log says more.',
};
