import type { Account, Credential, GitCredential, Identity } from '@anyforge/core';
import { secretOf } from '@anyforge/provider-kit';
import { toAccount } from './map.js';
import { missingScopes, readScopes } from './scopes.js';
import type { UserWire } from './wire.js';

type Headers = Readonly<Record<string, string | number | undefined>>;

/** Joins the account with what the headers of the same answer tell of the credential. */
export function toIdentity(user: UserWire, headers: Headers, credential: Credential): Identity {
  return { ...identify(toAccount(user), headers, credential), email: user.email ?? undefined };
}

/** Joins an account that is no user with what the headers tell of the credential. */
export function identify(account: Account, headers: Headers, credential: Credential): Identity {
  const scopes = grantedScopes(headers['x-oauth-scopes'], secretOf(credential));
  return {
    account,
    scopes,
    missingScopes: scopes && missingScopes(scopes),
    expiresAt:
      readExpiry(headers['github-authentication-token-expiration']) ??
      (credential.kind === 'oauth' ? credential.expiresAt : undefined),
  };
}

/** @see https://docs.github.com/get-started/git-basics/about-remote-repositories */
export function toGitCredential(credential: Credential): GitCredential {
  return {
    kind: 'basic',
    username: 'x-access-token',
    password: secretOf(credential),
    expiresAt: credential.kind === 'oauth' ? credential.expiresAt : undefined,
  };
}

/**
 * Tokens of GitHub Apps and fine-grained tokens have permissions instead of scopes; with some of them GitHub sends
 * the header, but empty. On a classic or OAuth App token an empty header means that no scope was granted.
 */
function grantedScopes(header: string | number | undefined, token: string): readonly string[] | undefined {
  if (header === undefined) return undefined;
  const scopes = readScopes(String(header));
  return scopes.length === 0 && /^(github_pat_|ghu_|ghs_)/.test(token) ? undefined : scopes;
}

/** `2021-10-07 19:07:53 UTC`, or with an offset such as `+0000`. Undefined when absent or not understood. */
function readExpiry(header: string | number | undefined): Date | undefined {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d) ?(UTC|Z|[+-]\d\d:?\d\d)$/.exec(String(header ?? ''));
  if (found === null) return undefined;
  const [, date, time, zone = 'Z'] = found;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const expiry = new Date(`${date}T${time}${offset}`);
  return Number.isNaN(expiry.getTime()) ? undefined : expiry;
}
