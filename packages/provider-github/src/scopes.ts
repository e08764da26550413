/** What anyforge needs a classic token to be granted. There is no read-only scope for private repositories. */
export const neededScopes: readonly string[] = ['repo', 'read:org', 'read:user'];

/**
 * The scopes that include others.
 * @see https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
 */
const includes: Readonly<Record<string, readonly string[]>> = {
  user: ['read:user', 'user:email', 'user:follow'],
  'admin:org': ['write:org', 'read:org'],
  'write:org': ['read:org'],
  repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events'],
};

/** Reads `X-OAuth-Scopes: repo, read:org`. */
export function readScopes(header: string): readonly string[] {
  return header
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

export function missingScopes(granted: readonly string[]): readonly string[] {
  const effective = new Set(granted.flatMap((scope) => [scope, ...(includes[scope] ?? [])]));
  return neededScopes.filter((scope) => !effective.has(scope));
}
