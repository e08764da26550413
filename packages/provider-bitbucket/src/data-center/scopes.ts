import type { Credential, Permission } from '@anyforge/core';

/** What anyforge needs an application link to be granted: to list at every level, and to tell who else may. */
export const neededScopes: readonly string[] = ['REPO_ADMIN'];

/**
 * The scopes that contain the administration of repositories.
 *
 * @see https://confluence.atlassian.com/display/BITBUCKETSERVER091/Bitbucket+OAuth+2.0+provider+API
 */
const administrative: ReadonlySet<string> = new Set([
  'REPO_ADMIN',
  'PROJECT_ADMIN',
  'ADMIN_WRITE',
  'SYSTEM_ADMIN',
]);

/** What a credential was granted; undefined where nobody tells, as of every HTTP access token. */
export function scopesOf(credential: Credential): readonly string[] | undefined {
  return credential.kind === 'oauth' ? credential.scopes : undefined;
}

export function missingScopes(granted: readonly string[]): readonly string[] {
  return granted.some((scope) => administrative.has(scope)) ? [] : neededScopes;
}

/**
 * What a permission that was listed says of the account. A credential with less than the administration of repositories
 * may show less than its owner has: its greatest permission is the account's at least, and maybe not all of it.
 */
export function withinGrant(permission: Permission, credential: Credential): Permission {
  const granted = scopesOf(credential);
  if (granted === undefined || missingScopes(granted).length === 0) return permission;
  const greatest = granted.includes('REPO_WRITE') ? 'write' : 'read';
  if (permission.level !== greatest) return permission;
  const reason = `The sign-in was granted ${granted.join(', ')}, and shows no more than that.`;
  return { level: 'unknown', native: permission.native, reason };
}
