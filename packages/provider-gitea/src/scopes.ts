/** What anyforge needs a credential to be granted: the account, its organizations, and listings with git over HTTPS. */
export const neededScopes: readonly string[] = ['read:user', 'read:organization', 'read:repository'];

/** Restricts whatever else was granted to what everybody may see. */
const publicOnly = 'public-only';

/** @see https://docs.gitea.com/development/oauth2-provider#scopes */
export function missingScopes(granted: readonly string[]): readonly string[] {
  return neededScopes.filter((scope) => !includes(granted, scope));
}

export function isPublicOnly(granted: readonly string[]): boolean {
  return granted.includes(publicOnly);
}

function includes(granted: readonly string[], scope: string): boolean {
  return (
    granted.includes('all') || granted.includes(scope) || granted.includes(scope.replace('read:', 'write:'))
  );
}
