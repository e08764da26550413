import type { PrimaryBudget } from './limits.js';
import type { GithubProfile } from './profile.js';
import type { Token } from './tokens.js';
import { scopesOf } from './tokens.js';

/** What every answer of the API carries, as recorded from GitHub. */
const constant: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, ' +
    'X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, ' +
    'X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset',
  'content-security-policy': "default-src 'none'",
  'referrer-policy': 'origin-when-cross-origin, strict-origin-when-cross-origin',
  'strict-transport-security': 'max-age=31536000; includeSubdomains; preload',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'deny',
  'x-xss-protection': '0',
};

export interface HeaderFacts {
  readonly now: Date;
  readonly requestId: string;
  readonly profile: GithubProfile;
  readonly apiVersion: string;
  readonly token: Token | undefined;
  readonly budget: PrimaryBudget | undefined;
  readonly acceptedScopes: string;
  readonly acceptedPermissions: string;
}

export function apiHeaders(facts: HeaderFacts): Record<string, string> {
  const { now, requestId, profile, apiVersion } = facts;
  return {
    ...constant,
    date: now.toUTCString(),
    ...(profile.serverVersion === undefined
      ? { server: 'github.com' }
      : { server: 'GitHub.com', 'x-github-enterprise-version': profile.serverVersion }),
    vary: 'Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': apiVersion,
    'x-github-request-id': requestId,
    ...tokenHeaders(facts),
    ...budgetHeaders(facts.budget),
  };
}

/** Scopes are told of tokens that have scopes, accepted permissions of those that have permissions. */
function tokenHeaders({ token, acceptedScopes, acceptedPermissions }: HeaderFacts): Record<string, string> {
  if (token === undefined) return {};
  const scopes = scopesOf(token);
  const headers: Record<string, string> =
    scopes === undefined
      ? { 'x-accepted-github-permissions': acceptedPermissions }
      : { 'x-oauth-scopes': scopes.join(', '), 'x-accepted-oauth-scopes': acceptedScopes };
  if (token.expiresAt !== undefined && token.kind !== 'installation')
    headers['github-authentication-token-expiration'] = expiration(token.expiresAt);
  return headers;
}

function budgetHeaders(budget: PrimaryBudget | undefined): Record<string, string> {
  if (budget === undefined) return {};
  return {
    'x-ratelimit-limit': String(budget.limit),
    'x-ratelimit-remaining': String(budget.remaining),
    'x-ratelimit-reset': String(Math.floor(budget.resetAt.getTime() / 1000)),
    'x-ratelimit-used': String(budget.used),
    'x-ratelimit-resource': 'core',
  };
}

/** '2026-12-31 23:59:59 UTC' */
function expiration(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
