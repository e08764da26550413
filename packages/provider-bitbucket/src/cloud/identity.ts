import type { Credential, GitCredential, Identity } from '@anyforge/core';
import { secretOf } from '@anyforge/provider-kit';
import { createHash } from 'node:crypto';
import { toAccount } from './map.js';
import { familyOf, missingScopes, readScopes } from './scopes.js';
import type { AccountWire } from './wire.js';

export interface IdentityFacts {
  readonly user: AccountWire;
  /** `X-OAuth-Scopes` of the same answer. */
  readonly scopes: string | undefined;
  readonly email: string | undefined;
}

/** Joins the account with what is known of the credential. When tokens expire, Bitbucket tells of OAuth only. */
export function toIdentity({ user, scopes: header, email }: IdentityFacts, credential: Credential): Identity {
  const family = familyOf(credential);
  const scopes = readScopes(header) ?? (credential.kind === 'oauth' ? credential.scopes : undefined);
  const account = toAccount(user);
  return {
    account: family === 'access' ? { ...account, kind: 'token' } : account,
    email,
    scopes,
    missingScopes: scopes && missingScopes(family, scopes),
    expiresAt: credential.kind === 'oauth' ? credential.expiresAt : undefined,
  };
}

/**
 * An access token is an account of its own, of which it can learn nothing. Its id comes from the token, by a hash that
 * does not lead back: another token is another account, as it is for Bitbucket.
 */
export function accessTokenIdentity(credential: Credential): Identity {
  const id = createHash('sha256').update(secretOf(credential)).digest('hex').slice(0, 32);
  return {
    account: {
      id: `access-token:${id}`,
      username: 'x-token-auth',
      kind: 'token',
      displayName: 'Access token',
    },
  };
}

/** An API token is used with an e-mail address, which is then that of its person. */
export function emailOf(credential: Credential): string | undefined {
  if (credential.kind === 'oauth' || credential.username?.includes('@') !== true) return undefined;
  return credential.username;
}

/**
 * Git takes other user names than the API.
 *
 * @see https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/
 * @see https://support.atlassian.com/bitbucket-cloud/docs/using-access-tokens/
 */
export function toGitCredential(credential: Credential): GitCredential {
  return {
    kind: 'basic',
    username: familyOf(credential) === 'api' ? 'x-bitbucket-api-token-auth' : 'x-token-auth',
    password: secretOf(credential),
    expiresAt: credential.kind === 'oauth' ? credential.expiresAt : undefined,
  };
}

/**
 * An API token goes in Basic after an e-mail address; access tokens and OAuth tokens are Bearer tokens.
 *
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#authentication
 */
export function authorize(headers: Headers, credential: Credential): void {
  const secret = secretOf(credential);
  if (credential.kind === 'oauth' || familyOf(credential) === 'access') {
    headers.set('authorization', `Bearer ${secret}`);
    return;
  }
  const pair = Buffer.from(`${credential.username ?? ''}:${secret}`).toString('base64');
  headers.set('authorization', `Basic ${pair}`);
}
