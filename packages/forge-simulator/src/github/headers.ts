import { createHash } from 'node:crypto';
import type { PrimaryBudget } from './limits.js';
import type { ApiDeprecation, GithubProfile } from './profile.js';
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
  /** Absent where the version was not looked at. */
  readonly apiVersion: string | undefined;
  readonly token: Token | undefined;
  readonly budget: PrimaryBudget | undefined;
  readonly acceptedScopes: string;
  readonly acceptedPermissions: string;
  readonly expiryOffset: string;
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
    ...(apiVersion === undefined ? {} : { 'x-github-api-version-selected': apiVersion }),
    'x-github-request-id': requestId,
    ...tokenHeaders(facts),
    ...budgetHeaders(facts.budget),
    ...deprecationHeaders(apiVersion === undefined ? undefined : profile.deprecations[apiVersion]),
  };
}

/** An answer's headers after those that every answer carries; links of both go into one header. */
export function mergeHeaders(
  common: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const links = [own['link'], common['link']].filter((link) => link !== undefined);
  return { ...common, ...own, ...(links.length === 0 ? {} : { link: links.join(', ') }) };
}

/** Scopes are told of every token, as an empty list of those that have permissions instead. */
function tokenHeaders(facts: HeaderFacts): Record<string, string> {
  const { token, acceptedScopes, acceptedPermissions, expiryOffset } = facts;
  if (token === undefined) return {};
  const scopes = scopesOf(token);
  const headers: Record<string, string> =
    scopes === undefined
      ? { 'x-oauth-scopes': '', 'x-accepted-github-permissions': acceptedPermissions }
      : { 'x-oauth-scopes': scopes.join(', '), 'x-accepted-oauth-scopes': acceptedScopes };
  if (token.kind === 'oauth')
    headers['x-oauth-client-id'] = token.clientId ?? clientId(token.application ?? '');
  if (token.expiresAt !== undefined && token.kind !== 'installation')
    headers['github-authentication-token-expiration'] = expiration(token.expiresAt, expiryOffset);
  return headers;
}

function deprecationHeaders(deprecation: ApiDeprecation | undefined): Record<string, string> {
  if (deprecation === undefined) return {};
  return {
    deprecation: deprecation.since.toUTCString(),
    sunset: deprecation.sunset.toUTCString(),
    link: `<${deprecation.url}>; rel="deprecation"; type="text/html"`,
  };
}

/** 'Ov23' and the rest of an OAuth App's id, from its name. */
function clientId(application: string): string {
  return `Ov23li${createHash('sha256').update(application).digest('hex').slice(0, 14)}`;
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

/** '2026-12-31 23:59:59 UTC', or the time at an offset: '2027-01-01 04:59:59 +0500'. */
function expiration(date: Date, offset: string): string {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d)(\d\d)$/.exec(offset) ?? [];
  const shift = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  const local = new Date(date.getTime() + shift * 60_000);
  return `${local.toISOString().slice(0, 19).replace('T', ' ')} ${offset}`;
}
