/** What anyforge needs a credential to be granted: listings and permissions, and git over HTTPS. */
export const neededScopes: readonly string[] = ['read_api', 'read_repository'];

/**
 * The scopes that include others.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
 */
const includes: Readonly<Record<string, readonly string[]>> = {
  api: ['read_api', 'read_user', 'read_repository', 'write_repository'],
  read_api: ['read_user'],
  write_repository: ['read_repository'],
};

export function missingScopes(granted: readonly string[]): readonly string[] {
  const effective = new Set(granted.flatMap((scope) => [scope, ...(includes[scope] ?? [])]));
  return neededScopes.filter((scope) => !effective.has(scope));
}
