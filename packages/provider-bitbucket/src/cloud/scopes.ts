import type { Credential } from '@anyforge/core';

/**
 * What anyforge needs, in the two languages that Bitbucket's scopes have: OAuth consumers and access tokens speak one,
 * API tokens the other.
 *
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#authentication
 */
export const neededScopes = {
  oauth: ['account', 'repository'],
  api: ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'],
  access: ['repository'],
} as const;

export type CredentialFamily = keyof typeof neededScopes;

/**
 * The OAuth scopes that contain others. Those of API tokens contain none: one that writes does not read.
 *
 * @see https://developer.atlassian.com/cloud/bitbucket/bitbucket-cloud-rest-api-scopes/
 */
const contained: Readonly<Record<string, readonly string[]>> = {
  'repository:write': ['repository'],
  pullrequest: ['repository'],
  'pullrequest:write': ['repository'],
  project: ['repository'],
};

/**
 * An API token goes with the e-mail address of its person; a token without one is an access token of a repository, a
 * project or a workspace.
 */
export function familyOf(credential: Credential): CredentialFamily {
  if (credential.kind === 'oauth') return 'oauth';
  return credential.username === undefined || credential.username === '' ? 'access' : 'api';
}

/** Reads `X-OAuth-Scopes: account, repository`. Undefined where the header is missing, as it may be for API tokens. */
export function readScopes(header: string | undefined): readonly string[] | undefined {
  return header
    ?.split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

export function missingScopes(family: CredentialFamily, granted: readonly string[]): readonly string[] {
  const effective = new Set(granted.flatMap((scope) => [scope, ...(contained[scope] ?? [])]));
  return neededScopes[family].filter((scope) => !effective.has(scope));
}
