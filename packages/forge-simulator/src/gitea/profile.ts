export type GiteaProfileName = 'gitea' | 'forgejo';

/** How Gitea and Forgejo, and their versions, differ on the wire. */
export interface GiteaProfile {
  readonly name: GiteaProfileName;
  /** As `/version` tells it. */
  readonly version: string;
  /** Whether a refusal for want of a scope names those that the token has. */
  readonly namesScopes: boolean;
  /** Whether scopes that an application asks for limit its tokens. */
  readonly limitsApplications: boolean;
  /** Whether anybody may ask for their own permission on a repository; else its administrators alone may. */
  readonly tellsOwnPermission: boolean;
  /** Whether tokens for what is public alone are refused the person's own affairs. */
  readonly refusesPublicOnly: boolean;
  /** How a wrong secret is refused where a code is turned into tokens. */
  readonly badSecret: 'unauthorized_client' | 'invalid_client';
}

/**
 * What is known of a version. Forgejo has gone its own way since Gitea 1.22.
 * @see https://forgejo.org/docs/latest/user/oauth2-provider/
 */
export function giteaProfile(name: GiteaProfileName, version: string): GiteaProfile {
  if (name === 'forgejo')
    return {
      name,
      version: version.includes('+gitea-') ? version : `${version}+gitea-1.22.0`,
      namesScopes: false,
      limitsApplications: false,
      tellsOwnPermission: false,
      refusesPublicOnly: false,
      badSecret: 'invalid_client',
    };
  return {
    name,
    version,
    namesScopes: isAtLeast(version, [1, 23, 0]),
    limitsApplications: isAtLeast(version, [1, 23, 0]),
    tellsOwnPermission: isAtLeast(version, [1, 24, 0]),
    refusesPublicOnly: isAtLeast(version, [1, 26, 2]),
    badSecret: 'unauthorized_client',
  };
}

function isAtLeast(version: string, wanted: readonly [number, number, number]): boolean {
  const own = version.split('.').map((part) => Number.parseInt(part, 10));
  for (const [index, number] of wanted.entries()) {
    const difference = (own[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
